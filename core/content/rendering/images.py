"""Facts and renditions of images; everything made carries pixels and nothing else."""

from __future__ import annotations

import io
import warnings
from pathlib import Path
from typing import Any

from PIL import Image, ImageCms, ImageFilter, ImageOps, UnidentifiedImageError

from core.content.domain import limits
from core.content.rendering.exchange import Made, MediaRefused, Outcome, Request

# Our own limit comes first; Pillow's is an error too, should a decoder see more pixels than the header said.
Image.MAX_IMAGE_PIXELS = limits.IMAGE_PIXELS
warnings.simplefilter("error", Image.DecompressionBombWarning)

_MIME = {"JPEG": "image/jpeg", "WEBP": "image/webp"}


def image_open(source: Path, *, reader: str) -> Image.Image:
    """Open an image by exactly one decoder and check its header; no pixel is decoded.

    Raises
    ------
    MediaRefused
        When it is damaged or past a limit.
    """
    try:
        image = Image.open(source, formats=[reader])
        width, height = image.size
        frames = int(getattr(image, "n_frames", 1)) if reader in ("GIF", "WEBP", "PNG") else 1
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise MediaRefused(_too_many_pixels()) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
        raise MediaRefused(
            "The picture is damaged: its header cannot be read. Save it again and send that file."
        ) from error
    if width * height > limits.IMAGE_PIXELS or max(width, height) > limits.IMAGE_SIDE:
        raise MediaRefused(_too_many_pixels(width, height))
    if frames > limits.IMAGE_FRAMES or frames * width * height > limits.IMAGE_FRAME_PIXELS:
        raise MediaRefused(
            f"The animation has {frames} frames of {width} × {height}. Concord takes at most {limits.IMAGE_FRAMES} "
            f"frames and {limits.IMAGE_FRAME_PIXELS // 1_000_000} million pixels in all; send it as a video."
        )
    return image


def _too_many_pixels(width: int | None = None, height: int | None = None) -> str:
    size = f" It has {width} × {height}." if width else ""
    return (
        f"The picture is larger than {limits.IMAGE_PIXELS // 1_000_000} million pixels or "
        f"{limits.IMAGE_SIDE} on a side.{size} Make it smaller and send it again."
    )


def image_render(request: Request) -> Outcome:
    """Make the renditions of an image: display, thumbnail, cover.

    Raises
    ------
    MediaRefused
        When it is damaged or past a limit.
    """
    folder = Path(request.output)
    with image_open(Path(request.source), reader=request.reader) as image:
        facts: dict[str, Any] = {"format": request.reader.lower(), "mode": image.mode}
        frames = int(getattr(image, "n_frames", 1)) if request.reader in ("GIF", "WEBP") else 1
        facts["stored_size"] = list(image.size)
        try:
            upright = _upright(image)
            made = [_display(image, upright, frames, folder)]
        except (OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError) as error:
            raise MediaRefused(
                "The picture is damaged: it cannot be read to its end. Save it again and send that file."
            ) from error
        made += small_renditions(upright, folder)
        return Outcome(
            kind="image",
            width=upright.width,
            height=upright.height,
            frame_count=frames,
            facts=facts,
            made=made,
        )


def small_renditions(picture: Image.Image, folder: Path) -> list[Made]:
    """Make the thumbnail of an upright picture, and the cover: so small and blurred that nothing can be made out."""
    small = flat(picture.copy())
    small.thumbnail((limits.THUMBNAIL_SIDE, limits.THUMBNAIL_SIDE))
    cover = small.resize(_fitted(small.size, limits.COVER_SIDE)).filter(ImageFilter.GaussianBlur(2))
    return [
        save(small, folder, "thumbnail", "JPEG", quality=80),
        save(cover, folder, "cover", "WEBP", quality=50),
    ]


def save(picture: Image.Image, folder: Path, kind: str, format_name: str, **options: Any) -> Made:
    """Write one rendition into ``folder``; no metadata goes with it."""
    clean = Image.new(picture.mode, picture.size)
    clean.paste(picture)
    buffer = io.BytesIO()
    clean.save(buffer, format_name, **options)
    (folder / kind).write_bytes(buffer.getvalue())
    return Made(kind, kind, _MIME[format_name], {"width": picture.width, "height": picture.height})


def flat(picture: Image.Image) -> Image.Image:
    """Return ``picture`` in plain colours, transparency laid on white."""
    if picture.mode == "RGB":
        return picture
    if picture.mode == "RGBA":
        ground = Image.new("RGB", picture.size, "white")
        ground.paste(picture, mask=picture.getchannel("A"))
        return ground
    return picture.convert("RGB")


def _upright(image: Image.Image) -> Image.Image:
    """Return the first frame turned the way it is looked at, as RGB or RGBA in sRGB."""
    profile = image.info.get("icc_profile")
    turned = ImageOps.exif_transpose(image)
    has_alpha = turned.mode in ("RGBA", "LA", "PA") or "transparency" in turned.info
    if turned.mode.startswith("I"):
        turned = _eight_bit(turned)
    if profile and turned.mode in ("RGB", "RGBA", "CMYK", "L"):
        turned = _in_srgb(turned, profile)
    return turned.convert("RGBA" if has_alpha else "RGB")


def _eight_bit(image: Image.Image) -> Image.Image:
    """Bring deep greys to eight bits instead of clipping them."""
    _, high = image.getextrema()
    scale = 255 / (65535 if float(str(high)) > 255 else 255)
    return image.convert("F").point(lambda value: value * scale).convert("L")


def _in_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    """Apply an embedded colour profile; a broken one is left out, as browsers do."""
    try:
        wanted = ImageCms.createProfile("sRGB")
        found = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        mode = "RGBA" if image.mode == "RGBA" else "RGB"
        converted = ImageCms.profileToProfile(image, found, wanted, outputMode=mode)
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image
    return converted or image


def _display(image: Image.Image, upright: Image.Image, frames: int, folder: Path) -> Made:
    if frames > 1:
        return _animated_display(image, frames, folder)
    picture = upright
    if max(picture.size) > limits.DISPLAY_SIDE:
        picture = picture.resize(_fitted(picture.size, limits.DISPLAY_SIDE), Image.Resampling.LANCZOS)
    if picture.mode == "RGBA":
        return save(picture, folder, "display", "WEBP", quality=88)
    return save(picture, folder, "display", "JPEG", quality=88, subsampling=0, optimize=False)


def _animated_display(image: Image.Image, frames: int, folder: Path) -> Made:
    """Re-encode every frame of an animation with its time."""
    pictures, durations = [], []
    for index in range(frames):
        image.seek(index)
        frame = image.convert("RGBA")
        if max(frame.size) > limits.PROXY_SIDE:
            frame = frame.resize(_fitted(frame.size, limits.PROXY_SIDE))
        pictures.append(frame)
        durations.append(int(image.info.get("duration", 100)) or 100)
    path = folder / "display"
    pictures[0].save(
        path,
        "WEBP",
        save_all=True,
        append_images=pictures[1:],
        duration=durations,
        loop=0,
        quality=80,
        method=2,
    )
    facts = {
        "width": pictures[0].width,
        "height": pictures[0].height,
        "frames": frames,
        "duration_ms": sum(durations),
    }
    return Made("display", "display", "image/webp", facts)


def _fitted(size: tuple[int, int], longest: int) -> tuple[int, int]:
    """Return ``size`` scaled so that its longer side is ``longest``, neither side below 1."""
    scale = longest / max(size)
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))

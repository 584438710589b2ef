from __future__ import annotations

import io
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import skimage
import torch
from PIL import Image
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Whitespace
from transformers import BertConfig, BertModel, CLIPConfig, CLIPModel, PreTrainedTokenizerFast
from transformers.models.clip.image_processing_pil_clip import CLIPImageProcessorPil

from active_learning.domain.encoder_names import encoder_name_parsed, post_encoder_name_parsed
from active_learning.learners.encoders import bundled
from active_learning.learners.encoders.ahead import made_ahead
from active_learning.learners.encoders.batches import batches_by_size
from active_learning.learners.encoders.bundled import BundledImageEncoder, bundled_text_encoder
from active_learning.learners.encoders.catalogue import post_encoder_loaded, text_encoder_loaded
from active_learning.learners.encoders.posts import frames_pooled, post_fused
from active_learning.learners.encoders.protocol import (
    EncoderLoadError,
    ImageEncoder,
    ItemUnreadableError,
    TextEncoder,
)

CPU = torch.device("cpu")
PHOTOGRAPHS = Path(skimage.__file__).parent / "data"
WORDS = ["[PAD]", "[BOS]", "[EOS]", "[UNK]", "cat", "dog", "sells", "knives", "the", "a"]


@pytest.fixture(scope="module")
def text_encoder() -> TextEncoder:
    return bundled_text_encoder(CPU)


@pytest.fixture(scope="module")
def image_encoder() -> BundledImageEncoder:
    return BundledImageEncoder(CPU)


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of encoders with a tiny random CLIP and BERT, as a person would put them there."""
    folder = tmp_path_factory.mktemp("encoders")
    torch.manual_seed(0)
    side: dict[str, Any] = {
        "hidden_size": 16,
        "intermediate_size": 32,
        "num_hidden_layers": 1,
        "num_attention_heads": 2,
    }
    text = {
        **side,
        "vocab_size": len(WORDS),
        "max_position_embeddings": 12,
        "eos_token_id": 2,
        "bos_token_id": 1,
    }
    vision = {**side, "image_size": 32, "patch_size": 16}
    CLIPModel(CLIPConfig(text_config=text, vision_config=vision, projection_dim=8)).save_pretrained(
        folder / "clip"
    )
    CLIPImageProcessorPil(size={"shortest_edge": 32}, crop_size={"height": 32, "width": 32}).save_pretrained(
        folder / "clip"
    )
    BertModel(BertConfig(**side, vocab_size=len(WORDS), max_position_embeddings=12)).save_pretrained(
        folder / "bert"
    )
    words = Tokenizer(WordLevel({word: place for place, word in enumerate(WORDS)}, unk_token="[UNK]"))
    words.pre_tokenizer = Whitespace()
    for name in ("clip", "bert"):
        PreTrainedTokenizerFast(
            tokenizer_object=words,
            pad_token="[PAD]",
            eos_token="[EOS]",
            unk_token="[UNK]",
            model_max_length=12,
        ).save_pretrained(folder / name)
    return folder


def photograph(name: str) -> bytes:
    return (PHOTOGRAPHS / name).read_bytes()


class TestTextContract:
    """What every text encoder promises."""

    @pytest.fixture(params=["bundled", "local:clip", "local:bert"])
    def encoder(self, request: pytest.FixtureRequest, text_encoder: TextEncoder, tiny: Path) -> TextEncoder:
        if request.param == "bundled":
            return text_encoder
        return text_encoder_loaded(encoder_name_parsed(request.param), folder=tiny, device=CPU)

    def test_vectors_are_float32_of_length_one_in_order(self, encoder: TextEncoder) -> None:
        texts = ["the dog", "a", "cat sells knives", "the dog"]
        vectors = encoder.encode(texts)
        assert vectors.dtype == np.float32
        assert vectors.shape == (4, encoder.dim)
        assert np.allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)
        assert np.allclose(vectors[0], vectors[3], atol=1e-5)
        assert not np.allclose(vectors[0], vectors[2], atol=1e-3)

    def test_a_vector_does_not_depend_on_its_batch(self, encoder: TextEncoder) -> None:
        texts = ["the dog sells knives the dog sells knives", "cat", "a dog"]
        alone = np.concatenate([encoder.encode([text]) for text in texts])
        assert np.allclose(encoder.encode(texts), alone, atol=1e-4)

    def test_nothing_gives_nothing(self, encoder: TextEncoder) -> None:
        assert encoder.encode([]).shape == (0, encoder.dim)

    def test_a_text_far_too_long_is_cut_and_not_refused(self, encoder: TextEncoder) -> None:
        vectors = encoder.encode(["dog " * 5000, ""])
        assert np.isfinite(vectors).all()
        assert np.linalg.norm(vectors[0]) > 0.99

    def test_name_and_revision_say_which_weights(self, encoder: TextEncoder) -> None:
        assert encoder.name
        assert len(encoder.revision) == 12


class TestImageContract:
    """What every image encoder promises."""

    @pytest.fixture(params=["bundled", "local:clip"])
    def encoder(
        self, request: pytest.FixtureRequest, image_encoder: ImageEncoder, tiny: Path
    ) -> ImageEncoder:
        if request.param == "bundled":
            return image_encoder
        return post_encoder_loaded(post_encoder_name_parsed(request.param), folder=tiny, device=CPU).image

    def test_vectors_are_float32_of_length_one_in_order(self, encoder: ImageEncoder) -> None:
        images = [photograph("chelsea.png"), photograph("rocket.jpg"), photograph("chelsea.png")]
        vectors = encoder.encode(images)
        assert vectors.dtype == np.float32
        assert vectors.shape == (3, encoder.dim)
        assert np.allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)
        assert np.allclose(vectors[0], vectors[2], atol=1e-5)
        assert not np.allclose(vectors[0], vectors[1], atol=1e-3)

    def test_bytes_and_their_decoded_frame_give_the_same_vector(self, encoder: ImageEncoder) -> None:
        data = photograph("coffee.png")
        frame = np.asarray(Image.open(io.BytesIO(data)).convert("RGB"))
        whole, decoded = encoder.encode([data, frame])
        assert np.allclose(whole, decoded, atol=1e-5)

    def test_nothing_gives_nothing(self, encoder: ImageEncoder) -> None:
        assert encoder.encode([]).shape == (0, encoder.dim)

    @pytest.mark.parametrize(
        "damage",
        [lambda data: b"", lambda data: b"<svg/>", lambda data: data[: len(data) // 2]],
        ids=["empty", "svg", "cut"],
    )
    def test_what_is_no_image_is_refused_in_words(
        self, encoder: ImageEncoder, damage: Callable[[bytes], bytes]
    ) -> None:
        with pytest.raises(ItemUnreadableError, match="image"):
            encoder.encode([damage(photograph("rocket.jpg"))])


def test_the_bundled_network_sees_what_it_was_trained_to_see(image_encoder: BundledImageEncoder) -> None:
    expected = {
        "chelsea.png": {281, 282, 285},
        "coffee.png": {967, 968, 504},
        "motorcycle_left.png": {665, 670},
    }
    for name, classes in expected.items():
        picture = Image.open(PHOTOGRAPHS / name).convert("RGB").resize((224, 224), Image.Resampling.BICUBIC)
        pixels = (torch.from_numpy(np.array(picture)).permute(2, 0, 1)[None].float() - 127.0) / 128.0
        with torch.inference_mode():
            assert int(image_encoder._network(pixels).argmax()) in classes


def test_the_bundled_texts_are_near_when_they_mean_the_same(text_encoder: TextEncoder) -> None:
    asked, same, other = text_encoder.encode(
        [
            "They sell stolen phones.",
            "Somebody offers robbed mobiles for money.",
            "The weather is mild today.",
        ]
    )
    assert asked @ same > asked @ other + 0.2


def test_weights_that_are_not_the_published_ones_are_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundled, "LITE0_SHA256", "0" * 64)
    with pytest.raises(EncoderLoadError, match="Reinstall"):
        BundledImageEncoder(CPU)


def test_pickled_weights_are_refused(tiny: Path, tmp_path: Path) -> None:
    folder = tmp_path / "pickled"
    folder.mkdir()
    for file in (tiny / "bert").iterdir():
        if file.suffix != ".safetensors":
            (folder / file.name).write_bytes(file.read_bytes())
    torch.save({"a": torch.zeros(1)}, folder / "pytorch_model.bin")
    with pytest.raises(EncoderLoadError, match="safetensors"):
        text_encoder_loaded(encoder_name_parsed("local:pickled"), folder=tmp_path, device=CPU)


def test_code_that_comes_with_a_model_is_never_run(tiny: Path, tmp_path: Path) -> None:
    folder = tmp_path / "coded"
    folder.mkdir()
    for file in (tiny / "bert").iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    (folder / "config.json").write_text(
        '{"model_type": "mine", "auto_map": {"AutoConfig": "mine.Config", "AutoModel": "mine.Model"}}'
    )
    (folder / "mine.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')")
    with pytest.raises(EncoderLoadError):
        text_encoder_loaded(encoder_name_parsed("local:coded"), folder=tmp_path, device=CPU)
    assert not (tmp_path / "ran").exists()


def test_a_model_that_is_not_on_this_machine_is_not_fetched() -> None:
    with pytest.raises(EncoderLoadError, match="hf download"):
        text_encoder_loaded(encoder_name_parsed("hub:nobody/nothing"), folder=None, device=CPU)


def test_a_missing_folder_says_what_to_set(tiny: Path) -> None:
    with pytest.raises(EncoderLoadError, match="CONCORD_ENCODERS"):
        text_encoder_loaded(encoder_name_parsed("local:clip"), folder=None, device=CPU)
    with pytest.raises(EncoderLoadError, match="no encoder"):
        text_encoder_loaded(encoder_name_parsed("local:else"), folder=tiny, device=CPU)


def test_batches_hold_like_sizes_and_keep_their_limits() -> None:
    sizes = [5, 300, 7, 6, 290, 1, 4000]
    batches = list(batches_by_size(sizes, most_items=3, most_total=700))
    assert sorted(place for batch in batches for place in batch) == list(range(7))
    assert batches == [[5, 0, 3], [2, 4], [1], [6]]


def test_a_post_is_the_mean_of_its_texts_beside_the_mean_of_its_pictures() -> None:
    x, y = np.array([1.0, 0.0], dtype=np.float32), np.array([0.0, 2.0], dtype=np.float32)
    fused = post_fused([([x, y], 2), ([y], 2)])
    half = 1 / np.sqrt(2)
    assert np.allclose(fused, np.array([half, half, 0.0, 1.0]) * half, atol=1e-6)
    assert np.allclose(post_fused([([y], 2), ([], 2)]), [0, 1, 0, 0])
    assert not post_fused([([], 2), ([], 2)]).any()
    assert np.allclose(frames_pooled(np.stack([x, y])), [half, half])


def test_the_next_batch_is_made_while_one_is_computed_and_order_and_errors_stay() -> None:
    began = {number: threading.Event() for number in range(4)}

    def make(number: int) -> int:
        began[number].set()
        if number == 3:
            raise ItemUnreadableError("The third is damaged.")
        return number * 10

    found = made_ahead(range(4), make)
    assert next(found) == (0, 0)
    assert began[1].wait(30), "made meanwhile"
    assert [next(found), next(found)] == [(1, 10), (2, 20)]
    with pytest.raises(ItemUnreadableError):
        next(found)

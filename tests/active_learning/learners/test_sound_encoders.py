"""What every encoder of sound promises, on tiny random models of the kinds that transformers loads."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from transformers import (
    ClapAudioConfig,
    ClapConfig,
    ClapFeatureExtractor,
    ClapModel,
    ClapTextConfig,
    Wav2Vec2Config,
    Wav2Vec2FeatureExtractor,
    Wav2Vec2Model,
    WhisperConfig,
    WhisperFeatureExtractor,
    WhisperModel,
)

from active_learning.domain.encoder_names import encoder_name_parsed, post_encoder_name_parsed
from active_learning.learners.encoders.catalogue import audio_encoder_loaded, post_encoder_loaded
from active_learning.learners.encoders.protocol import AudioEncoder, EncoderLoadError, Sound

CPU = torch.device("cpu")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of encoders with a tiny random Whisper, wav2vec and CLAP, as a person would put them there."""
    made = tmp_path_factory.mktemp("encoders")
    torch.manual_seed(0)
    WhisperModel(
        WhisperConfig(
            vocab_size=20,
            num_mel_bins=16,
            d_model=16,
            encoder_layers=1,
            decoder_layers=1,
            encoder_attention_heads=2,
            decoder_attention_heads=2,
            encoder_ffn_dim=32,
            decoder_ffn_dim=32,
            max_source_positions=100,
            pad_token_id=0,
            bos_token_id=0,
            eos_token_id=0,
            decoder_start_token_id=0,
        )
    ).save_pretrained(made / "whisper")
    WhisperFeatureExtractor(feature_size=16, chunk_length=2).save_pretrained(made / "whisper")
    Wav2Vec2Model(
        Wav2Vec2Config(
            hidden_size=16,
            num_hidden_layers=1,
            num_attention_heads=2,
            intermediate_size=32,
            conv_dim=(8, 8),
            conv_stride=(10, 8),
            conv_kernel=(10, 8),
            num_conv_pos_embeddings=8,
            num_conv_pos_embedding_groups=2,
        )
    ).save_pretrained(made / "wav2vec")
    Wav2Vec2FeatureExtractor().save_pretrained(made / "wav2vec")
    ClapModel(
        ClapConfig(
            text_config=ClapTextConfig(
                vocab_size=20,
                hidden_size=16,
                num_hidden_layers=1,
                num_attention_heads=2,
                intermediate_size=32,
            ).to_dict(),
            audio_config=ClapAudioConfig(
                patch_embeds_hidden_size=8,
                depths=[1, 1],
                num_attention_heads=[2, 2],
                hidden_size=16,
                num_mel_bins=64,
                spec_size=128,
                projection_dim=8,
            ).to_dict(),
            projection_dim=8,
        )
    ).save_pretrained(made / "clap")
    ClapFeatureExtractor(max_length_s=2, truncation="rand_trunc").save_pretrained(made / "clap")
    return made


@pytest.fixture(params=["whisper", "wav2vec", "clap"])
def encoder(request: pytest.FixtureRequest, folder: Path) -> AudioEncoder:
    return audio_encoder_loaded(encoder_name_parsed(f"local:{request.param}"), folder=folder, device=CPU)


def tone(encoder: AudioEncoder, *, hertz: float, seconds: float = 2.0) -> Sound:
    time = np.arange(int(seconds * encoder.rate_hz)) / encoder.rate_hz
    return np.asarray(0.4 * np.sin(2 * np.pi * hertz * time), dtype=np.float32)


def test_vectors_are_float32_of_length_one_in_order(encoder: AudioEncoder) -> None:
    low, high = tone(encoder, hertz=200), tone(encoder, hertz=3000)
    vectors = encoder.encode([low, high, low])
    assert (vectors.dtype, vectors.shape) == (np.float32, (3, encoder.dim))
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)
    assert np.allclose(vectors[0], vectors[2], atol=1e-5)
    assert not np.allclose(vectors[0], vectors[1], atol=1e-3)


def test_a_vector_does_not_depend_on_its_batch(encoder: AudioEncoder) -> None:
    sounds = [tone(encoder, hertz=200), tone(encoder, hertz=900, seconds=1.5), tone(encoder, hertz=3000)]
    alone = np.concatenate([encoder.encode([sound]) for sound in sounds])
    assert np.allclose(encoder.encode(sounds), alone, atol=1e-4)


def test_a_sound_too_long_is_cut_and_one_too_short_is_filled_up(encoder: AudioEncoder) -> None:
    long = tone(encoder, hertz=400, seconds=encoder.window_s + 3)
    vectors = encoder.encode([long, long[: int(encoder.window_s * encoder.rate_hz)], long[:10]])
    assert np.isfinite(vectors).all()
    assert np.allclose(vectors[0], vectors[1], atol=1e-5)
    assert encoder.encode([]).shape == (0, encoder.dim)


def test_the_name_and_revision_say_which_weights_and_the_window_how_long_it_listens(
    encoder: AudioEncoder,
) -> None:
    assert len(encoder.revision) == 12
    assert encoder.window_s == (10.0 if "wav2vec" in encoder.name else 2.0)


def test_a_model_that_hears_nothing_is_refused(folder: Path, tmp_path: Path) -> None:
    silent = tmp_path / "silent"
    silent.mkdir()
    for file in (folder / "wav2vec").iterdir():
        if file.name != "preprocessor_config.json":
            (silent / file.name).write_bytes(file.read_bytes())
    with pytest.raises(EncoderLoadError, match="preparation of sound"):
        audio_encoder_loaded(encoder_name_parsed("local:silent"), folder=tmp_path, device=CPU)


def test_a_posts_vector_has_a_place_for_sound_where_it_is_heard(folder: Path) -> None:
    name = "text=bundled,image=bundled,audio=local:clap"
    heard = post_encoder_loaded(post_encoder_name_parsed(name), folder=folder, device=CPU)
    assert heard.audio is not None
    assert (heard.dim, heard.written) == (heard.text.dim + heard.image.dim + 8, name)

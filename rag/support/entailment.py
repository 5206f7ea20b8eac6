"""A model that judges whether quotes entail a sentence: any sentence-transformers CrossEncoder with a label
for entailment, such as cross-encoder/nli-deberta-v3-base.
"""

import threading
from typing import TYPE_CHECKING

import numpy as np

from index.errors import InputError

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

_LABEL = "entail"  # how the label of entailment begins, in small letters; "not_entailment" is another
_REMEDY = (
    "set NEWSCITE_NLI_MODEL to a sentence-transformers CrossEncoder with entailment labels, or to nothing"
)


class Entailment:
    """The model that `name` means: a name or a folder. Safe for several threads.

    It is loaded at once. Raises InputError if it can't be, or has no label for entailment.
    """

    def __init__(self, name: str) -> None:
        self._model = _load(name)
        labels: dict[int, str] = dict(getattr(self._model.config, "id2label", None) or {})
        self._label = next(
            (int(number) for number, label in labels.items() if str(label).lower().startswith(_LABEL)), None
        )
        if self._label is None:
            told = ", ".join(str(label) for label in labels.values())
            raise InputError(f"the model {name!r} has no label for entailment, but {told}: {_REMEDY}")
        self._one_at_a_time = threading.Lock()

    def entails(self, premise: str, sentence: str) -> bool:
        """True if entailment is the likeliest of the labels."""
        with self._one_at_a_time:
            scores = self._model.predict([(premise, sentence)], show_progress_bar=False)
        return int(np.argmax(np.asarray(scores)[0])) == self._label


def _load(name: str) -> "CrossEncoder":
    from sentence_transformers import CrossEncoder

    try:
        model: CrossEncoder = CrossEncoder(name)
    except Exception as error:  # the hub and every kind of model raise their own
        reason = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise InputError(f"the model {name!r} can't be loaded ({reason[:200]}): {_REMEDY}") from error
    return model

"""How good the answers are: datasets with gold spans, metrics named as the field names them, and a run
that asks the same pipeline as everyone.

The metrics are pure functions on plain data, so that other systems can be scored too:

>>> from evals import hits_at_k
>>> hits_at_k([False, True, False], k=4)
True
"""

from evals.metrics import (
    Trial,
    abstention_f1,
    abstention_precision,
    abstention_recall,
    auroc,
    boilerplate_citation_rate,
    bootstrap_interval,
    expected_calibration_error,
    false_answer_rate,
    false_refusal_rate,
    hits_at_k,
    in_boilerplate,
    is_right,
    mean,
    pointer_validity,
    points_exactly,
    reciprocal_rank,
    reliability,
    risk_coverage,
    sentence_at_k,
)

__all__ = [
    "Trial",
    "abstention_f1",
    "abstention_precision",
    "abstention_recall",
    "auroc",
    "boilerplate_citation_rate",
    "bootstrap_interval",
    "expected_calibration_error",
    "false_answer_rate",
    "false_refusal_rate",
    "hits_at_k",
    "in_boilerplate",
    "is_right",
    "mean",
    "pointer_validity",
    "points_exactly",
    "reciprocal_rank",
    "reliability",
    "risk_coverage",
    "sentence_at_k",
]

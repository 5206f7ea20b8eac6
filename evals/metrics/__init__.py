"""Every metric, as a pure function on plain data, named as the field names it; one module a family.

A metric over nothing (no citation at all, no refusal) is None: not 0, not 1. Only the standard library is
used, so that importing this costs nothing.

- `retrieval`: what the first results hold; `multihop_rag`: the same as that benchmark counts it
- `spans`: where citations point, against gold; `pointers`: whether they point where they say
- `support`: whether what is cited backs what is said (AIS, ALCE, Liu et al., TREC)
- `answers`: whether an answer in words is right; `disputes`: what becomes of sources that differ
- `repeats`: whether what a reader called wrong is done again
- `abstention` and `calibration`: refusing, and confidence
- `uncertainty`: bootstrap intervals; `averages`: the means
"""

from evals.metrics.abstention import (
    Trial,
    abstention_f1,
    abstention_precision,
    abstention_recall,
    auroc,
    false_answer_rate,
    false_refusal_rate,
)
from evals.metrics.answers import (
    Normalise,
    answer_containment,
    exact_match,
    normalise_answer,
    normalise_squad_answer,
    token_f1,
)
from evals.metrics.averages import f1, mean
from evals.metrics.calibration import expected_calibration_error, reliability, risk_coverage
from evals.metrics.disputes import (
    both_sides_cited,
    both_sides_recall,
    corroboration_accuracy,
    denial_flip_rate,
)
from evals.metrics.multihop_rag import (
    Retrieved,
    multihop_rag_hits_at_k,
    multihop_rag_map_at_k,
    multihop_rag_mrr_at_k,
)
from evals.metrics.pointers import boilerplate_citation_rate, in_boilerplate, pointer_validity, points_exactly
from evals.metrics.repeats import cites_again, repeated_wrong_rate, says_again
from evals.metrics.retrieval import (
    average_precision,
    evidence_coverage_at_k,
    finds_new,
    hits_at_k,
    ndcg_at_k,
    reciprocal_rank,
)
from evals.metrics.spans import (
    Place,
    citation_f1,
    citation_precision,
    citation_recall,
    is_right,
    sentence_at_k,
    span_f1,
    span_iou,
    span_precision,
    span_recall,
)
from evals.metrics.support import (
    CitedSentence,
    Judge,
    JudgedStatement,
    Support,
    ais,
    alce_citation_precision,
    alce_citation_recall,
    liu_citation_f1,
    liu_citation_precision,
    liu_citation_recall,
    trec_support_precision,
    trec_support_recall,
)
from evals.metrics.uncertainty import (
    Statistic,
    bootstrap_interval,
    paired_bootstrap_difference,
    paired_difference,
)

__all__ = [
    "CitedSentence",
    "Judge",
    "JudgedStatement",
    "Normalise",
    "Place",
    "Retrieved",
    "Statistic",
    "Support",
    "Trial",
    "abstention_f1",
    "abstention_precision",
    "abstention_recall",
    "ais",
    "alce_citation_precision",
    "alce_citation_recall",
    "answer_containment",
    "auroc",
    "average_precision",
    "boilerplate_citation_rate",
    "bootstrap_interval",
    "both_sides_cited",
    "both_sides_recall",
    "citation_f1",
    "citation_precision",
    "citation_recall",
    "cites_again",
    "corroboration_accuracy",
    "denial_flip_rate",
    "evidence_coverage_at_k",
    "exact_match",
    "expected_calibration_error",
    "f1",
    "false_answer_rate",
    "false_refusal_rate",
    "finds_new",
    "hits_at_k",
    "in_boilerplate",
    "is_right",
    "liu_citation_f1",
    "liu_citation_precision",
    "liu_citation_recall",
    "mean",
    "multihop_rag_hits_at_k",
    "multihop_rag_map_at_k",
    "multihop_rag_mrr_at_k",
    "ndcg_at_k",
    "normalise_answer",
    "normalise_squad_answer",
    "paired_bootstrap_difference",
    "paired_difference",
    "pointer_validity",
    "points_exactly",
    "reciprocal_rank",
    "reliability",
    "repeated_wrong_rate",
    "risk_coverage",
    "says_again",
    "sentence_at_k",
    "span_f1",
    "span_iou",
    "span_precision",
    "span_recall",
    "token_f1",
    "trec_support_precision",
    "trec_support_recall",
]

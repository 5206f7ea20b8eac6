"""Readers of datasets: each gives a `Dataset`, questions with gold spans over articles."""

from evals.datasets.clapnq import read_clapnq
from evals.datasets.hard_questions import read_hard_questions
from evals.datasets.multihop_rag import read_multihop_rag
from evals.datasets.onestop_qa import read_onestop_qa
from evals.datasets.realtimeqa import read_realtimeqa
from evals.datasets.rgb import read_rgb, read_rgb_rejection
from evals.datasets.sample import read_own, read_sample, read_shipped_sample
from evals.datasets.squad import read_squad2_sample, read_xquad

__all__ = [
    "read_clapnq",
    "read_hard_questions",
    "read_multihop_rag",
    "read_onestop_qa",
    "read_own",
    "read_realtimeqa",
    "read_rgb",
    "read_rgb_rejection",
    "read_sample",
    "read_shipped_sample",
    "read_squad2_sample",
    "read_xquad",
]

"""Readers of datasets: each gives a `Dataset`, questions with gold spans over articles."""

from evals.datasets.clapnq import read_clapnq
from evals.datasets.hard_questions import read_hard_questions
from evals.datasets.onestop_qa import read_onestop_qa
from evals.datasets.sample import read_own, read_sample, read_shipped_sample
from evals.datasets.squad import read_squad2_sample, read_xquad

__all__ = [
    "read_clapnq",
    "read_hard_questions",
    "read_onestop_qa",
    "read_own",
    "read_sample",
    "read_shipped_sample",
    "read_squad2_sample",
    "read_xquad",
]

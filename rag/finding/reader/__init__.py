"""The reader: a small model that reads passages with a question in mind, and says of each sentence how
likely it is to answer, and of each word how likely it is to open or end the answer.

It is all-MiniLM-L6-v2 with one output layer of three figures a token, trained by `evals.training` and
stored with its weights in eight bits. A sentence's figure is the mean over its tokens, as log-odds
against nothing answering: 0 is as likely as not.
"""

from rag.finding.reader.model import Reader, Reading
from rag.finding.reader.scorers import NONE, PassageRead, SentenceScorer, load_scorer
from rag.finding.reader.tokens import Encoded, encode

__all__ = [
    "NONE",
    "Encoded",
    "PassageRead",
    "Reader",
    "Reading",
    "SentenceScorer",
    "encode",
    "load_scorer",
]

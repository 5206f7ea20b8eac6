"""How good the answers are: datasets with gold spans, metrics named as the field names them, and a run
that asks the same pipeline as everyone.

The metrics are pure functions on plain data, so that other systems can be scored too. A place is an article's
id, a start and an end, in code points:

>>> from evals import citation_precision, hits_at_k
>>> hits_at_k([False, True, False], k=4)
True
>>> citation_precision(cited=[("a", 10, 20), ("b", 0, 9)], gold=[("a", 15, 40)])
0.5
"""

from evals import metrics
from evals.metrics import *  # noqa: F403  # the names of evals.metrics.__all__, kept in one place

__all__ = metrics.__all__

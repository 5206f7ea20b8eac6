"""Training of the reader (`rag.reader`) from named, licensed data: `python -m evals.training DATA`."""

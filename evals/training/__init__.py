"""Training of the reader (`rag.finding.reader`) from named, licensed data: `python -m evals.training DATA`."""

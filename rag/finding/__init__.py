"""The passages that may answer, and their sentences in order of how likely they do."""

"""Whether boilerplate can be cited, and whether masks cost real sentences: hand-marked pages and a run."""

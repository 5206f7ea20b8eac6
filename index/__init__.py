"""What is known: articles are read, cut into passages, embedded and kept, and found again."""

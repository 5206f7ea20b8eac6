"""What was asked: a follow-up made to stand alone, and what the question wants."""

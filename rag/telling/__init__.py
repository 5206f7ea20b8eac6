"""What a sentence tells: what it does to a claim, who says it, the few words in it that answer."""

"""Questions about the shipped sample, with the gold spans that answer them."""

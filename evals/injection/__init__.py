"""Whether what an article says to machines gets into answers: attacks hidden in ordinary news."""

"""When something was: dates as newsrooms write them, and days told by the article's own day."""

"""The shipped sample: fictional news articles to try newscite on."""

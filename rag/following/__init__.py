"""Questions to go on with after an answer."""

from rag.following.suggestions import follow_ups

__all__ = ["follow_ups"]

"""What feeds and sitemaps give beside articles: addresses of pages, and what is said of them."""

from dataclasses import dataclass, field

from index.sources.fields import Fields


@dataclass(frozen=True)
class Link:
    """A page to fetch. `source` is the feed or sitemap that names it; `fields` is what that says of the page,
    used where the page itself is silent. `modified` tells whether it has changed since it was last read."""

    url: str
    source: str
    fields: Fields = field(default_factory=Fields)

    @property
    def modified(self) -> str:
        """When the feed says the page last changed, or was published; "" where it does not say."""
        return self.fields.modified or self.fields.published

import gzip
from pathlib import Path

import pytest

from index.sources import Link, Skipped, read_bytes, read_paths
from index.sources.fields import Fields

NEWS = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
  xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"
  xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc>https://herald.example/bridge?utm_source=news&amp;id=7</loc><lastmod>2031-01-21T09:00:00Z</lastmod>
<image:image><image:loc>https://herald.example/photo.jpg</image:loc>
<image:title>A photo</image:title></image:image>
<n:news><n:publication><n:name>Aldmere Herald</n:name><n:language>en</n:language></n:publication>
<n:publication_date>2031-01-20T20:37:00+01:00</n:publication_date>
<n:title>Bridge &amp; tunnel close</n:title></n:news>
</url>
<url><loc>https://herald.example/rain</loc></url>
<url><loc>ftp://herald.example/rain</loc></url>
</urlset>"""
INDEX = """<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>https://herald.example/news-1.xml.gz</loc><lastmod>2031-01-20</lastmod></sitemap>
<sitemap><loc>https://herald.example/news-2.xml</loc></sitemap></sitemapindex>"""


def test_a_news_sitemap_gives_links_with_what_it_says() -> None:
    first, second, third = read_bytes(NEWS.encode(), "/news.xml")
    assert first == Link(
        "https://herald.example/bridge?id=7",
        "/news.xml",
        Fields(
            title="Bridge & tunnel close",
            outlet="Aldmere Herald",
            published="2031-01-20T20:37:00+01:00",
            modified="2031-01-21T09:00:00+00:00",
            language="en",
            url="https://herald.example/bridge?id=7",
        ),
    )
    assert isinstance(second, Link)
    assert (second.url, second.modified) == ("https://herald.example/rain", "")
    assert third == Skipped("/news.xml#3", "names no web address")


def test_an_index_gives_its_sitemaps() -> None:
    links = list(read_bytes(INDEX.encode(), "/index.xml"))
    assert [(link.url, link.modified) for link in links if isinstance(link, Link)] == [
        ("https://herald.example/news-1.xml.gz", "2031-01-20"),
        ("https://herald.example/news-2.xml", ""),
    ]


def test_a_packed_sitemap_is_read_and_a_cut_one_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.xml.gz").write_bytes(gzip.compress(NEWS.encode()))
    assert [line.source for line in read_paths([tmp_path / "a.xml.gz"])][:2] == [
        "https://herald.example/bridge?id=7",
        "https://herald.example/rain",
    ]
    *_, last = read_bytes(NEWS[: NEWS.index("ftp:")].encode(), "/news.xml")
    assert isinstance(last, Skipped)
    assert (last.source, "cut off inside entry 3" in last.reason) == ("/news.xml", True)


@pytest.mark.parametrize(
    "data", ["<urlset/>", "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'></urlset>"]
)
def test_an_empty_sitemap_is_a_line(data: str) -> None:
    assert list(read_bytes(data.encode(), "/a.xml")) == [Skipped("/a.xml", "is a sitemap that names no page")]

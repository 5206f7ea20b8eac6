import pytest

from index.sources.kinds import SUFFIXES, kind_of, kind_of_name


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.TXT", "text"),
        ("a.md.gz", "markdown"),
        ("a.htm", "html"),
        ("a.ndjson", "lines"),
        ("a.tsv", "table"),
        ("a.warc.gz", "warc"),
        ("a.zip", "zip"),
        ("a.xml", "xml"),
        ("a.gz", ""),
        ("a.jpg", ""),
        ("zip", ""),
    ],
)
def test_names_say_the_format(name: str, kind: str) -> None:
    assert kind_of_name(name) == kind


def test_every_suffix_stands_for_a_format() -> None:
    assert all(kind_of_name(f"a{suffix}") for suffix in SUFFIXES)


RSS = b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- <html> -->\n<rss version='2.0'/>"
PAGE = b"<!DOCTYPE html>\n<html><body><p>Rain fell.</p></body></html>"


@pytest.mark.parametrize(
    ("data", "content_type", "source", "kind"),
    [
        (RSS, "text/html; charset=utf-8", "https://herald.example/", "feed"),
        (RSS, "application/xml", "https://herald.example/feed", "feed"),
        (RSS.decode("utf-8-sig").encode("utf-16"), "text/xml", "https://herald.example/feed", "feed"),
        (b'<a:feed xmlns:a="http://www.w3.org/2005/Atom"/>', "", "/a.xml", "feed"),
        (b"<rdf:RDF/>", "text/xml", "https://herald.example/feed", "feed"),
        (b"<urlset/>", "text/xml", "https://herald.example/s", "sitemap"),
        (b"<sitemapindex/>", "", "/a.xml", "sitemap"),
        (b"<Invoice/>", "text/xml", "https://herald.example/s", ""),
        (b"<Invoice/>", "", "/a.xml", ""),
        (PAGE, "text/html", "https://herald.example/a", "html"),
        (PAGE, "application/octet-stream", "https://herald.example/a", "html"),
        (PAGE, "", "/a.xml", "html"),
        (b"<p>Rain fell.", "text/plain", "https://herald.example/a", "html"),
        (b"Rain fell.", "text/plain", "https://herald.example/a", "text"),
        (b"Rain fell.", "text/plain", "https://herald.example/a.md?raw=1", "markdown"),
        (b"text\nRain", "text/plain", "https://herald.example/a.csv", "table"),
        (b"text\nRain", "text/csv", "https://herald.example/a", "table"),
        (b'{"text": "Rain"}', "application/json; charset=utf-8", "https://herald.example/a", "json"),
        (b'{"text": "Rain"}', "text/plain", "https://herald.example/a", "json"),
        (b'{"text": "Rain"}', "application/x-ndjson", "https://herald.example/a", "lines"),
        (b"PK\x03\x04...", "application/octet-stream", "https://herald.example/a", "zip"),
        (b"PAR1...", "application/octet-stream", "https://herald.example/a", "parquet"),
        (b"WARC/1.0\r\n", "text/plain", "https://herald.example/a", "warc"),
        (b"%PDF-1.7", "application/pdf", "https://herald.example/a.html", ""),
        (b"\xff\xd8\xff", "image/jpeg", "https://herald.example/a", ""),
    ],
)
def test_bytes_go_before_the_type_and_the_type_before_the_name(
    data: bytes, content_type: str, source: str, kind: str
) -> None:
    assert kind_of(data, content_type, source) == kind

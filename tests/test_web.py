"""From addresses to articles: pages, feeds, sitemaps. The server is a real one."""

import gzip
import json
from collections.abc import Iterator
from typing import Any

import pytest
from web_server import DAM, QUICK, RAIN, Answer, Site, serving

from index.pages import Page
from index.schema import Article
from index.sources import Skipped, read_paths
from index.sources.web.fetch import Fetcher
from index.sources.web.reader import WebReader


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        yield site


@pytest.fixture
def fetcher() -> Iterator[Fetcher]:
    with Fetcher(allow_private=True, limits=QUICK, max_bytes=1_000_000) as fetcher:
        yield fetcher


def item(title: str, link: str, published: str = "Mon, 06 Jan 2031 08:00:00 GMT", more: str = "") -> str:
    return f"<title>{title}</title><link>{link}</link><pubDate>{published}</pubDate>{more}"


def articles(found: list[Article | Skipped]) -> list[Article]:
    assert all(isinstance(one, Article) for one in found), found
    return [one for one in found if isinstance(one, Article)]


def read(reader: WebReader, *urls: str) -> list[Article | Skipped]:
    return list(read_paths(urls, fetcher=reader))


# A page


def test_a_page_is_an_article(site: Site, fetcher: Fetcher) -> None:
    site.html("/news/rain?id=7", "Rain closes the pier", *RAIN)
    (article,) = articles(read(WebReader(fetcher), f"{site.url}/news/rain?id=7&utm_source=rss#top"))
    assert article.source == article.key == article.url == f"{site.url}/news/rain?id=7"
    assert (article.title, article.language) == ("Rain closes the pier", "en")
    assert RAIN[0] in article.text


def test_a_page_goes_by_its_canonical_address(site: Site, fetcher: Fetcher) -> None:
    canonical = f'<link rel="canonical" href="{site.url}/rain?fbclid=x">'
    site.html("/a", "Rain closes the pier", *RAIN, head=canonical)
    site.redirect("/old", "/a", 301)
    (article,) = articles(read(WebReader(fetcher), f"{site.url}/old"))
    assert (article.key, article.source) == (f"{site.url}/rain", f"{site.url}/old")


def test_no_site_may_take_the_place_of_anothers_article(site: Site, fetcher: Fetcher) -> None:
    canonical = '<link rel="canonical" href="https://tessaby.example/rain">'
    site.html("/a", "Rain closes the pier", *RAIN, head=canonical)
    (article,) = articles(read(WebReader(fetcher), f"{site.url}/a"))
    assert article.key == f"{site.url}/a"

    text = f"<description><![CDATA[<p>{'</p><p>'.join(RAIN * 4)}</p>]]></description>"
    site.rss("/feed", item("Rain closes the pier", "https://tessaby.example/rain", more=text))
    (article,) = articles(read(WebReader(fetcher), f"{site.url}/feed"))
    assert article.key == f"{site.url}/feed#https://tessaby.example/rain"
    assert site.paths == ["/a", "/feed"]


def test_a_page_without_one_goes_by_where_it_was_at_last(site: Site, fetcher: Fetcher) -> None:
    site.html("/a", "Rain closes the pier", *RAIN)
    site.redirect("/old", "/a", 301)
    (article,) = articles(read(WebReader(fetcher), f"{site.url}/old"))
    assert article.key == article.url == f"{site.url}/a"


def test_the_encoding_that_only_the_server_names_is_believed(site: Site, fetcher: Fetcher) -> None:
    text = (
        "أغلقت السلطات ميناء أولين يوم الاثنين بعد ثلاثة أيام من المطر، "
        "وقال مدير الميناء إن العبارات ستعود يوم الأربعاء."
    )
    site.html("/a", "الميناء", text)
    page = site.pages["/a"]
    assert isinstance(page, Answer)
    headers = {"Content-Type": "text/html; charset=windows-1256"}
    site.pages["/a"] = Answer(str(page.body).encode("cp1256"), headers=headers)
    (article,) = articles(read(WebReader(fetcher), f"{site.url}/a"))
    assert text in article.text


def test_utf_8_is_seen_whatever_the_server_says(site: Site, fetcher: Fetcher) -> None:
    site.html(
        "/a", "La desaladora", "La desaladora de Punta Garzal abastecerá a 220.000 vecinos desde mañana."
    )
    page = site.pages["/a"]
    assert isinstance(page, Answer)
    site.pages["/a"] = Answer(page.body, headers={"Content-Type": "text/html; charset=ISO-8859-1"})
    (article,) = articles(read(WebReader(fetcher), f"{site.url}/a"))
    assert "abastecerá" in article.text


@pytest.mark.parametrize(
    ("path", "content_type", "body"),
    [
        ("/a", "application/json", json.dumps({"title": "Rain", "text": " ".join(RAIN)})),
        ("/a.txt", "text/plain", "\n\n".join(RAIN)),
        ("/a.jsonl", "application/octet-stream", json.dumps({"text": " ".join(RAIN)})),
        ("/a", "text/html", "<p>" + "</p><p>".join(RAIN) + "</p>"),
    ],
)
def test_any_supported_file_is_read_by_its_type_and_its_bytes(
    site: Site, fetcher: Fetcher, path: str, content_type: str, body: str
) -> None:
    site.pages[path] = Answer(body, headers={"Content-Type": content_type})
    (article,) = articles(read(WebReader(fetcher), site.url + path))
    assert RAIN[0] in article.text


@pytest.mark.parametrize(
    ("content_type", "body"),
    [("image/png", b"\x89PNG\r\n\x1a\n" + bytes(100)), ("application/pdf", b"%PDF-1.7"), ("text/html", b"")],
)
def test_what_is_no_article_is_one_line(site: Site, fetcher: Fetcher, content_type: str, body: bytes) -> None:
    site.pages["/a"] = Answer(body, headers={"Content-Type": content_type})
    reader = WebReader(fetcher)
    (skipped,) = read(reader, f"{site.url}/a")
    assert isinstance(skipped, Skipped)
    assert skipped.source == f"{site.url}/a"
    assert reader.fresh == []


def test_each_failure_is_one_line_and_the_rest_goes_on(site: Site, fetcher: Fetcher) -> None:
    site.html("/a", "Rain closes the pier", *RAIN)
    found = read(WebReader(fetcher), f"{site.url}/gone", "http://[::1", f"{site.url}/a")
    assert found[0] == Skipped(f"{site.url}/gone", "answered 404 Not Found; check the address")
    assert isinstance(found[1], Skipped)
    assert isinstance(found[2], Article)


def test_without_a_reader_nothing_is_fetched(site: Site) -> None:
    (skipped,) = read_paths([f"{site.url}/a"])
    assert isinstance(skipped, Skipped)
    assert site.asked == []


# Feeds and sitemaps


def test_the_pages_of_a_feed_are_read_and_it_fills_in_what_they_leave_open(
    site: Site, fetcher: Fetcher
) -> None:
    site.html("/rain", "Rain closes the pier", *RAIN)
    meta = '<meta property="article:published_time" content="2031-01-01T10:00:00Z">'
    site.html("/dam", "Dam to open late", *DAM, head=meta)
    site.rss(
        "/feed",
        item("Rain, says the feed", f"{site.url}/rain?utm_medium=rss"),
        item("Dam", f"{site.url}/dam"),
    )
    rain, dam = articles(read(WebReader(fetcher), f"{site.url}/feed"))
    assert (rain.title, rain.outlet) == ("Rain closes the pier", "Tessaby Herald")
    assert (rain.published[:10], dam.published[:10]) == ("2031-01-06", "2031-01-01")
    assert (rain.source, rain.key) == (f"{site.url}/rain",) * 2


def test_items_with_their_whole_text_are_not_fetched(site: Site, fetcher: Fetcher) -> None:
    text = f"<description><![CDATA[<p>{'</p><p>'.join(RAIN * 4)}</p>]]></description>"
    site.rss("/feed", item("Rain closes the pier", f"{site.url}/rain", more=text))
    (article,) = articles(read(WebReader(fetcher), f"{site.url}/feed"))
    assert (article.key, article.source) == (f"{site.url}/rain", f"{site.url}/feed")
    assert site.paths == ["/feed"]


@pytest.mark.parametrize("kind", ["atom", "json", "sitemap", "packed sitemap", "index"])
def test_every_kind_of_feed_leads_to_its_pages(site: Site, fetcher: Fetcher, kind: str) -> None:
    site.html("/rain", "Rain closes the pier", *RAIN)
    link = f"{site.url}/rain"
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Herald</title><entry><title>Rain</title>'
        f'<link href="{link}"/><updated>2031-01-06T08:00:00Z</updated></entry></feed>'
    )
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Herald",
        "items": [{"id": "1", "url": link, "title": "Rain", "date_published": "2031-01-06T08:00:00Z"}],
    }
    space = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    sitemap = f"<urlset {space}><url><loc>{link}</loc><lastmod>2031-01-06</lastmod></url></urlset>"
    above = f"<sitemapindex {space}><sitemap><loc>{site.url}/map</loc></sitemap></sitemapindex>"
    site.pages["/map"] = Answer(sitemap, headers={"Content-Type": "text/xml"})
    site.pages["/feed"] = {
        "atom": Answer(atom, headers={"Content-Type": "text/html"}),
        "json": Answer(json.dumps(feed), headers={"Content-Type": "application/json"}),
        "sitemap": Answer(sitemap, headers={"Content-Type": "application/xml"}),
        "packed sitemap": Answer(
            gzip.compress(sitemap.encode()), headers={"Content-Type": "application/gzip"}
        ),
        "index": Answer(above, headers={"Content-Type": "application/xml"}),
    }[kind]
    (article,) = articles(read(WebReader(fetcher), f"{site.url}/feed"))
    assert (article.source, (article.published or article.modified)[:10]) == (link, "2031-01-06")


def test_a_feed_in_a_file_leads_to_its_pages(site: Site, fetcher: Fetcher, tmp_path: Any) -> None:
    site.html("/rain", "Rain closes the pier", *RAIN)
    site.rss("/feed", item("Rain", f"{site.url}/rain"), item("Gone", f"{site.url}/gone"))
    page = site.pages["/feed"]
    assert isinstance(page, Answer)
    file = tmp_path / "feed.xml"
    file.write_text(str(page.body), "utf-8")
    rain, gone = read_paths([file], fetcher=WebReader(fetcher))
    assert isinstance(rain, Article)
    assert isinstance(gone, Skipped)
    assert (rain.source, gone.source) == (f"{site.url}/rain", f"{site.url}/gone")


def test_a_feed_can_lead_nowhere_private(site: Site) -> None:
    site.rss("/feed", item("Inside", "http://10.0.0.7/secret"), item("File", "file:///etc/passwd"))
    with (
        Fetcher(limits=QUICK, resolve=lambda _host, _port: ["127.0.0.1"]) as fetcher,
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setattr("index.sources.web.network.is_public", lambda address: address == "127.0.0.1")
        patch.setattr(
            fetcher._network, "_resolve", lambda host, _port: ["127.0.0.1" if host == "127.0.0.1" else host]
        )
        found = read(WebReader(fetcher), f"{site.url}/feed")
    assert all(isinstance(one, Skipped) for one in found)
    assert any("10.0.0.7 is a private address" in one.reason for one in found if isinstance(one, Skipped))
    assert site.paths == ["/feed"]


def test_sitemaps_that_name_each_other_come_to_an_end(site: Site, fetcher: Fetcher) -> None:
    def index_of(*paths: str) -> Answer:
        entries = "".join(f"<sitemap><loc>{site.url}{path}</loc></sitemap>" for path in paths)
        return Answer(f"<sitemapindex>{entries}</sitemapindex>", headers={"Content-Type": "application/xml"})

    site.pages["/1"] = index_of("/1", "/2")
    site.pages["/2"] = index_of("/1", "/2", "/3")
    site.pages["/3"] = index_of("/4")
    site.pages["/4"] = index_of("/5")
    found = read(WebReader(fetcher), f"{site.url}/1")
    assert site.paths == ["/1", "/2", "/3", "/4"]
    assert [one.source for one in found] == [f"{site.url}/4"]


# Limits


def test_a_run_fetches_so_many_pages_the_newest_first_and_says_what_is_left(
    site: Site, fetcher: Fetcher
) -> None:
    for number in range(5):
        site.html(f"/{number}", f"Rain on day {number}", *RAIN)
    days = [item(f"Day {n}", f"{site.url}/{n}", f"Mon, 0{n + 1} Jan 2031 08:00:00 GMT") for n in range(5)]
    site.rss("/feed", *days, etag='"v1"')
    reader = WebReader(fetcher, max_pages=2)
    *given, last = read(reader, f"{site.url}/feed")
    assert [one.source[-2:] for one in given] == ["/4", "/3"]
    assert isinstance(last, Skipped)
    assert last.source == f"{site.url}/feed"
    assert last.reason.startswith("names more pages than the limit of 2 a run, 3 more; ")
    assert [page.url[-2:] for page in reader.fresh] == ["/4", "/3"], "the feed must be read again"


def test_a_host_that_fails_again_and_again_is_left(site: Site, fetcher: Fetcher) -> None:
    for number in range(9):
        site.pages[f"/{number}"] = Answer(status=503)
    site.rss("/feed", *(item(f"Day {number}", f"{site.url}/{number}") for number in range(9)))
    found = read(WebReader(fetcher), f"{site.url}/feed")
    assert len(found) == 4
    last = found[-1]
    assert isinstance(last, Skipped)
    assert last.reason.startswith("6 of its pages were not asked for")


# What is remembered


def run(
    site: Site, fetcher: Fetcher, pages: dict[str, Page], stored: dict[str, str]
) -> tuple[list[Article | Skipped], int]:
    """Read the feed as a run would that has stored what earlier runs gave."""
    reader = WebReader(fetcher, known=dict(pages), stored=dict(stored))
    found = read(reader, f"{site.url}/feed")
    pages |= {page.url: page for page in reader.fresh}
    stored |= {one.key: one.source for one in found if isinstance(one, Article)}
    return found, reader.unchanged


def test_what_has_not_changed_is_not_asked_for_again(site: Site, fetcher: Fetcher) -> None:
    pages: dict[str, Page] = {}
    stored: dict[str, str] = {}
    site.html("/rain", "Rain closes the pier", *RAIN, etag='"r1"')
    site.html("/dam", "Dam to open late", *DAM, etag='"d1"')
    links = [item("Rain", f"{site.url}/rain"), item("Dam", f"{site.url}/dam")]
    site.rss("/feed", *links, etag='"f1"')
    assert len(articles(run(site, fetcher, pages, stored)[0])) == 2
    assert pages[f"{site.url}/feed"] == Page(f"{site.url}/feed", '"f1"', articles=2)

    site.asked.clear()
    assert run(site, fetcher, pages, stored) == ([], 2)
    assert site.paths == ["/feed"], "which answered that it has not changed"

    site.html("/ferry", "Ferry back", *RAIN)
    site.rss("/feed", item("Ferry", f"{site.url}/ferry"), *links, etag='"f2"')
    site.asked.clear()
    ferry, unchanged = run(site, fetcher, pages, stored)
    assert ([one.source for one in ferry], unchanged) == ([f"{site.url}/ferry"], 2)
    assert site.paths == ["/feed", "/ferry"]

    touched = item("Rain", f"{site.url}/rain", "Tue, 07 Jan 2031 08:00:00 GMT")
    site.rss("/feed", touched, links[1], etag='"f3"')
    site.asked.clear()
    assert run(site, fetcher, pages, stored) == ([], 2)
    assert site.paths == ["/feed", "/rain"], "the page itself says that it has not changed"


def test_an_article_that_is_no_longer_stored_is_fetched_anew(site: Site, fetcher: Fetcher) -> None:
    pages: dict[str, Page] = {}
    site.html("/rain", "Rain closes the pier", *RAIN, etag='"r1"')
    site.rss("/feed", item("Rain", f"{site.url}/rain"))
    run(site, fetcher, pages, {})
    (found, unchanged) = run(site, fetcher, pages, {})
    assert (len(articles(found)), unchanged) == (1, 0)


def test_a_feed_is_remembered_once_all_its_pages_were_dealt_with(site: Site, fetcher: Fetcher) -> None:
    pages: dict[str, Page] = {}
    stored: dict[str, str] = {}
    site.html("/rain", "Rain closes the pier", *RAIN)
    busy = item("Dam", f"{site.url}/dam")
    site.pages["/dam"] = Answer(status=503)
    site.rss("/feed", item("Rain", f"{site.url}/rain"), item("Gone", f"{site.url}/gone"), busy, etag='"f1"')
    run(site, fetcher, pages, stored)
    assert list(pages) == [f"{site.url}/rain"]
    site.html("/dam", "Dam to open late", *DAM)
    run(site, fetcher, pages, stored)
    assert set(pages) == {f"{site.url}{path}" for path in ("/rain", "/dam", "/feed")}, "what is gone is gone"


def test_a_sitemap_is_asked_again_though_what_names_it_has_not_changed(site: Site, fetcher: Fetcher) -> None:
    pages: dict[str, Page] = {}
    stored: dict[str, str] = {}

    def sitemap(*paths: str) -> Answer:
        return Answer(
            "<urlset>" + "".join(f"<url><loc>{site.url}{p}</loc></url>" for p in paths) + "</urlset>"
        )

    site.html("/rain", "Rain closes the pier", *RAIN)
    site.html("/dam", "Dam to open late", *DAM)
    index = f"<sitemapindex><sitemap><loc>{site.url}/map.xml</loc></sitemap></sitemapindex>"
    site.pages["/feed"] = Answer(index, headers={"Content-Type": "application/xml"}, etag='"f1"')
    site.pages["/map.xml"] = sitemap("/rain")
    assert len(articles(run(site, fetcher, pages, stored)[0])) == 1
    site.pages["/map.xml"] = sitemap("/rain", "/dam")
    found, unchanged = run(site, fetcher, pages, stored)
    assert ([one.source for one in found], unchanged) == ([f"{site.url}/dam"], 1)


def test_one_page_under_two_addresses_keeps_the_first(site: Site, fetcher: Fetcher) -> None:
    """Two feeds of an outlet name its pages by addresses of their own; else it would change with each run."""
    canonical = f'<link rel="canonical" href="{site.url}/rain">'
    site.html("/rain?from=top", "Rain closes the pier", *RAIN, head=canonical)
    stored = {f"{site.url}/rain": f"{site.url}/rain?from=all"}
    site.rss("/feed", item("Rain", f"{site.url}/rain?from=top"))
    (article,) = articles(run(site, fetcher, {}, stored)[0])
    assert article.source == f"{site.url}/rain?from=all"

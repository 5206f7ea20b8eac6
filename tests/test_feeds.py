import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from index.schema import Article
from index.sources import Link, Skipped, read_bytes, read_paths

STORY = (
    "<p>The council voted on Monday to close the old bridge after engineers found cracks in two pillars.</p>"
    "<p>The mayor said that a new one would be built within three years.<br>Its cost is not yet known.</p>"
)
STORY_TEXT = (
    "The council voted on Monday to close the old bridge after engineers found cracks in two pillars.\n\n"
    "The mayor said that a new one would be built within three years.\nIts cost is not yet known."
)
RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
  xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/"
  xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dcterms="http://purl.org/dc/terms/">
<channel><image><title>A logo</title><link>https://herald.example/logo</link></image>
<title>Aldmere Herald</title><link>https://herald.example/</link><language>en-GB</language>
<atom:link href="https://herald.example/feed.xml" rel="self" type="application/rss+xml"/>
{items}
</channel></rss>"""
ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="es" xml:base="https://heraldo.example/">
<title>El Heraldo</title><id>urn:feed</id><updated>2031-01-02T00:00:00Z</updated>
<author><name>El Heraldo</name></author>{items}</feed>"""


def read(data: str | bytes, source: str = "/feed.rss") -> list[Article | Link | Skipped]:
    return list(read_bytes(data.encode() if isinstance(data, str) else data, source))


def one_article(data: str | bytes, source: str = "/feed.rss") -> Article:
    (article,) = read(data, source)
    assert isinstance(article, Article), article
    return article


def one_link(data: str | bytes, source: str = "/feed.rss") -> Link:
    (link,) = read(data, source)
    assert isinstance(link, Link), link
    return link


def rss(items: str) -> str:
    return RSS.replace("{items}", items)


def atom(items: str) -> str:
    return ATOM.replace("{items}", items)


# Whole texts


def test_an_rss_item_with_its_text_is_an_article() -> None:
    item = f"""<item><media:title>A photo</media:title><title>Bridge &amp;amp; tunnel close</title>
      <link>https://herald.example/bridge?utm_source=rss&amp;id=7&amp;utm_medium=feed</link>
      <guid isPermaLink="false">x-7</guid><dc:creator>Jane Doe</dc:creator>
      <pubDate>Mon, 20 Jan 2031 20:37:00 +0100</pubDate>
      <dcterms:modified>2031-01-21T09:00:00Z</dcterms:modified>
      <description>The old bridge is closed …</description>
      <content:encoded><![CDATA[{STORY}]]></content:encoded></item>"""
    article = one_article(rss(item))
    assert article.text == STORY_TEXT
    assert (article.title, article.outlet, article.author) == (
        "Bridge & tunnel close",
        "Aldmere Herald",
        "Jane Doe",
    )
    assert article.published == "2031-01-20T20:37:00+01:00"
    assert article.modified == "2031-01-21T09:00:00+00:00"
    assert article.language == "en"
    assert article.url == article.key == "https://herald.example/bridge?id=7"
    assert article.source == "/feed.rss#1"


def test_an_atom_entry_is_read_with_what_its_feed_says() -> None:
    entry = """<entry><title type="html">&lt;b&gt;Cierra&lt;/b&gt; el puente</title><id>urn:1</id>
      <link rel="enclosure" href="https://heraldo.example/audio.mp3"/>
      <link rel="alternate" type="text/html" href="/puente"/>
      <published>2031-01-20T20:37:00+01:00</published><updated>2031-01-21T09:00:00Z</updated>
      <author><name>Ana Pérez</name><email>ana@heraldo.example</email></author>
      <author><name>Luis</name></author>
      <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>El puente cierra.</p>
      <p>Nadie vino.</p></div></content></entry>"""
    article = one_article(atom(entry), "/feed.atom")
    assert article.text == "El puente cierra.\n\nNadie vino."
    assert (article.title, article.outlet, article.author) == (
        "Cierra el puente",
        "El Heraldo",
        "Ana Pérez, Luis",
    )
    assert (article.published, article.modified) == ("2031-01-20T20:37:00+01:00", "2031-01-21T09:00:00+00:00")
    assert (article.language, article.url) == ("es", "https://heraldo.example/puente")


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ('<content type="text">Uno &lt; dos.\nTres.</content>', "Uno < dos.\nTres."),
        (
            '<content type="html">&lt;p&gt;Uno.&lt;/p&gt;&lt;p&gt;Dos&amp;nbsp;tres.&lt;/p&gt;</content>',
            "Uno.\n\nDos\xa0tres.",
        ),
        ("<content>&lt;p&gt;Uno.&lt;/p&gt;</content><summary>Dos.</summary>", "Uno."),
        ("<summary>Una línea.\nOtra.</summary>", "Una línea.\nOtra."),
    ],
)
def test_atom_texts_of_each_type(content: str, text: str) -> None:
    assert one_article(atom(f"<entry><title>Uno</title>{content}</entry>"), "/a.atom").text == text


def test_atom_entries_taken_from_elsewhere_name_their_outlet() -> None:
    entry = """<entry><title>Uno</title><source><title>La Gaceta</title><id>x</id></source>
      <content>Texto entero.</content></entry>"""
    assert one_article(atom(entry), "/a.atom").outlet == "La Gaceta"
    item = '<item><title>One</title><source url="https://post.example">Dunmore Post</source>'
    item += "<description>Rain.</description></item>"
    assert one_article(rss(item)).outlet == "Dunmore Post"


def test_rss_1_is_read() -> None:
    feed = f"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
      xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:c="http://purl.org/rss/1.0/modules/content/">
      <channel rdf:about="https://herald.example/"><title>Aldmere Herald</title>
      <dc:language>en</dc:language></channel>
      <item rdf:about="https://herald.example/1"><title>Bridge closes</title><link>https://herald.example/1</link>
      <dc:date>2031-01-20T20:37:00+01:00</dc:date>
      <c:encoded>{STORY.replace("<", "&lt;")}</c:encoded></item></rdf:RDF>"""
    article = one_article(feed, "/feed.xml")
    assert (article.text, article.outlet) == (STORY_TEXT, "Aldmere Herald")
    assert (article.published, article.url) == ("2031-01-20T20:37:00+01:00", "https://herald.example/1")


def test_a_json_feed_is_read() -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Aldmere Herald",
        "home_page_url": "https://herald.example/",
        "language": "en-GB",
        "authors": [{"name": "The Herald's desk"}],
        "items": [
            {
                "id": "1",
                "url": "/bridge?utm_campaign=x",
                "title": "Bridge closes",
                "content_html": STORY,
                "date_published": "2031-01-20T20:37:00+01:00",
                "date_modified": "2031-01-21T09:00:00Z",
                "authors": [{"name": "Jane Doe"}, {"name": "John Roe"}],
            },
            {"id": "https://herald.example/2", "content_text": "Rain fell.\nNobody came.", "language": "fr"},
            {"id": "3", "url": "https://herald.example/3", "title": "Teaser", "summary": "Rain fell."},
            {"id": "4"},
            "five",
        ],
    }
    first, second, third, fourth, fifth = read(json.dumps(feed), "/feed.json")
    assert isinstance(first, Article)
    assert (first.text, first.outlet, first.author) == (STORY_TEXT, "Aldmere Herald", "Jane Doe, John Roe")
    assert (first.published, first.modified) == ("2031-01-20T20:37:00+01:00", "2031-01-21T09:00:00+00:00")
    assert (first.language, first.url) == ("en", "https://herald.example/bridge")
    assert isinstance(second, Article)
    assert (second.text, second.language, second.url) == (
        "Rain fell.\nNobody came.",
        "fr",
        "https://herald.example/2",
    )
    assert second.author == "The Herald's desk"
    assert isinstance(third, Link)
    assert (third.url, third.fields.title) == ("https://herald.example/3", "Teaser")
    assert [type(item) for item in (fourth, fifth)] == [Skipped, Skipped]


# Teasers and links


@pytest.mark.parametrize(
    "end",
    [
        "…",
        "...",
        " [&#8230;]",
        " [...]",
        " Read more",
        "… Continue reading →",
        " Read the full story.",
        " Leer más",
        " Seguir leyendo »",
        " اقرأ المزيد",
        "… <a href='/x'>Continue reading <span>Bridge closes</span></a>",
        " [&hellip;]</p><p>The post <a href='/x'>Bridge</a> appeared first on <a href='/'>Herald</a>.</p>",
    ],
)
@pytest.mark.parametrize("element", ["content:encoded", "description"])
def test_a_teaser_is_a_link_that_keeps_what_the_feed_says(element: str, end: str) -> None:
    text = "The council voted on Monday to close the old bridge. " * 12
    item = f"""<item><title>Bridge closes</title><link>https://herald.example/1?utm_source=rss</link>
      <pubDate>Mon, 20 Jan 2031 20:37:00 GMT</pubDate><dc:creator>Jane Doe</dc:creator>
      <{element}><![CDATA[<p>{text}{end}]]></{element}></item>"""
    link = one_link(rss(item))
    assert (link.url, link.source, link.modified) == (
        "https://herald.example/1",
        "/feed.rss",
        "2031-01-20T20:37:00+00:00",
    )
    assert (link.fields.title, link.fields.outlet, link.fields.author, link.fields.language) == (
        "Bridge closes",
        "Aldmere Herald",
        "Jane Doe",
        "en",
    )


def test_a_description_is_the_story_if_it_is_long_or_there_is_no_page() -> None:
    link = "<link>https://herald.example/1</link>"
    short, long = "Rain fell on the town.", "Rain fell on the town. " * 40
    assert one_link(rss(f"<item><title>Rain</title>{link}<description>{short}</description></item>"))
    assert one_article(rss(f"<item><title>Rain</title>{link}<description>{long}</description></item>")).text
    assert (
        one_article(rss(f"<item><title>Rain</title><description>{short}</description></item>")).text == short
    )


def test_what_wordpress_adds_is_no_part_of_the_story() -> None:
    footer = (
        "<p>The post <a href='/x'>Bridge closes</a> appeared first on <a href='/'>Aldmere Herald</a>.</p>"
    )
    item = f"<item><title>Bridge</title><content:encoded><![CDATA[{STORY}{footer}]]></content:encoded></item>"
    assert one_article(rss(item)).text == STORY_TEXT


def test_where_the_address_of_an_item_is_found() -> None:
    feedburner = 'xmlns:fb="http://rssnamespace.org/feedburner/ext/1.0"'
    for inside, url in {
        "<guid>https://herald.example/a</guid>": "https://herald.example/a",
        "<link>/b</link>": "https://herald.example/b",
        "<link>https://x.example/</link><fb:origLink>https://herald.example/c</fb:origLink>": (
            "https://herald.example/c"
        ),
        '<guid isPermaLink="false">https://herald.example/no</guid>': "",
        "<link>javascript:alert(1)</link>": "",
        "<link>https://[broken</link>": "",
    }.items():
        (found,) = read(rss(f"<item {feedburner}><title>Rain</title>{inside}</item>"))
        assert (found.url if isinstance(found, Link) else "") == url


def test_a_link_without_a_fetcher_is_a_line(tmp_path: Path) -> None:
    file = tmp_path / "feed.xml"
    file.write_text(rss("<item><title>Rain</title><link>https://herald.example/1</link></item>"))
    (line,) = read_paths([file])
    assert isinstance(line, Skipped)
    assert line.source == "https://herald.example/1"
    assert line.reason.startswith(f"is only named, not held, by {file}")


@pytest.mark.parametrize(
    ("author", "name"),
    [
        ("jane@herald.example (Jane Doe)", "Jane Doe"),
        ("Jane Doe &lt;jane@herald.example&gt;", "Jane Doe"),
        ("jane@herald.example", ""),
        ("Jane Doe", "Jane Doe"),
    ],
)
def test_authors_are_names(author: str, name: str) -> None:
    item = f"<item><title>Rain</title><author>{author}</author><description>Rain fell.</description></item>"
    assert one_article(rss(item)).author == name


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("Mon, 20 Jan 2031 20:37:00 EST", "2031-01-20T20:37:00-05:00"),
        ("20 Jan 31 20:37 GMT", "2031-01-20T20:37:00+00:00"),
        ("2031-01-20", "2031-01-20"),
        ("soon", ""),
    ],
)
def test_dates_keep_their_zone(written: str, iso: str) -> None:
    item = f"<item><pubDate>{written}</pubDate><title>Rain</title><description>It fell.</description></item>"
    assert one_article(rss(item)).published == iso


# Odd, broken and hostile feeds


def test_encodings_and_entities_of_html_are_read() -> None:
    item = "<item><title>Señal &eacute;nica &amp; AT&T</title>"
    item += "<description>Llovió &mdash; mucho.</description></item>"
    for encoding in ("utf-8", "iso-8859-1", "utf-16"):
        article = one_article(rss(item).replace("utf-8", encoding, 1).encode(encoding))
        assert (article.title, article.text) == ("Señal énica & AT&T", "Llovió — mucho.")


def test_a_feed_that_is_cut_off_gives_the_items_that_came_whole() -> None:
    items = [
        f"<item><title>Rain {n}</title><description>Rain fell {n} times.</description></item>"
        for n in range(3)
    ]
    whole = rss("".join(items))
    cut = whole[: whole.index("fell 2")]
    *articles, line = read(cut)
    assert [found.text for found in articles if isinstance(found, Article)] == [
        "Rain fell 0 times.",
        "Rain fell 1 times.",
    ]
    assert isinstance(line, Skipped)
    assert (line.source, "cut off inside item 3" in line.reason) == ("/feed.rss", True)


def test_one_broken_item_costs_no_other() -> None:
    good = "<item><title>Rain</title><description>Rain fell.</description></item>"
    bad = "<item><title>Rain<description>5 < 6 & <b>so on</item>"
    assert [type(found) for found in read(rss(good + bad + good))].count(Article) >= 2


def test_undeclared_prefixes_are_understood() -> None:
    feed = "<rss><channel><title>Herald</title><item><title>Rain</title><dc:creator>Jane Doe</dc:creator>"
    feed += "<content:encoded>Rain fell.</content:encoded></item></channel></rss>"
    article = one_article(feed)
    assert (article.text, article.author) == ("Rain fell.", "Jane Doe")


def test_entities_neither_grow_nor_read_files() -> None:
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    declared = f'<!DOCTYPE rss [<!ENTITY e0 "ha">{levels}<!ENTITY file SYSTEM "file:///etc/passwd">]>'
    item = "<item><title>Rain &e9; &file;</title><description>Rain &e9; fell. &file;</description></item>"
    article = one_article(rss(item).replace("?>", f"?>{declared}", 1))
    assert len(article.text) < 100
    assert "root:" not in article.text + article.title


@pytest.mark.slow
def test_a_flood_of_markup_fills_neither_time_nor_memory() -> None:
    code = """
import resource, sys, time
from index.sources import read_bytes
list(read_bytes(b"<rss><item><title>Rain</title></item></rss>", "/feed.rss"))
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
for piece in ["<item/>", "<x/>", "<item>", "<item><x>", "<![CDATA[", "&", "<!--", "<x a='", "<item a="]:
    started = time.monotonic()
    for _ in read_bytes(("<rss><channel>" + piece * (200_000 // len(piece))).encode(), "/feed.rss"):
        pass
    assert time.monotonic() - started < 20, piece
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert int(result.stdout) < 50 * 1024  # KB


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (rss(""), "without items"),
        ("<rss/>", "without items"),
        ("<html><body>Not found</body></html>", "is no feed: it starts with <html>"),
        ("Not found", "is no feed: it starts with no element"),
        ('{"version": "https://jsonfeed.org/version/1"}', "without items"),
    ],
)
def test_what_is_no_feed_says_so(data: str, word: str) -> None:
    (line,) = read(data, "/a.json" if data.startswith("{") else "/a.rss")
    assert isinstance(line, Skipped)
    assert word in line.reason


def test_a_feed_is_told_from_other_xml_by_its_root(tmp_path: Path) -> None:
    item = "<item><title>Rain</title><description>Rain fell.</description></item>"
    assert one_article(rss(item), "/any.xml").text == "Rain fell."
    (line,) = read("<?xml version='1.0'?><!-- a note --><Invoice xmlns='x'/>", "/any.xml")
    assert isinstance(line, Skipped)
    assert "<invoice>" in line.reason
    assert io.StringIO(line.reason).readlines() == [line.reason]

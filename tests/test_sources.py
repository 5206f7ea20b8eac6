import gzip
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.schema import Article
from index.sources import SUFFIXES, Skipped, read_bytes, read_paths

SHARED = Path(__file__).parents[2] / "shared"
BODY = (
    "The council voted on Monday to close the old bridge after engineers found cracks in two pillars.\n\n"
    "The mayor said that a new one would be built within three years, at a cost that is not yet known."
)
PAGE = """<html lang="en-GB"><head><meta charset="utf-8"><title>Bridge closes | Aldmere Herald</title>
<meta property="og:site_name" content="Aldmere Herald">
<meta property="article:published_time" content="2026-01-17T20:37:00+01:00">
<link rel="canonical" href="https://herald.example/bridge"></head>
<body><nav><a href="/">Home</a> <a href="/w">World</a></nav>
<article><h1>Bridge closes</h1>{paragraphs}</article>
<footer>© 2026 Aldmere Herald</footer></body></html>"""


def page(paragraphs: int = 8) -> str:
    return PAGE.replace("{paragraphs}", "".join(f"<p>{BODY} Part {n}.</p>" for n in range(paragraphs)))


def articles(*paths: str | Path, max_bytes: int = 100 * 1024**2) -> list[Article]:
    found = list(read_paths(paths, max_bytes=max_bytes))
    assert all(isinstance(item, Article) for item in found), found
    return [item for item in found if isinstance(item, Article)]


def skipped(*paths: str | Path, max_bytes: int = 100 * 1024**2) -> list[Skipped]:
    found = list(read_paths(paths, max_bytes=max_bytes))
    assert all(isinstance(item, Skipped) for item in found), found
    return [item for item in found if isinstance(item, Skipped)]


def write(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


# Which files


def test_folders_are_read_in_order_without_hidden_files(tmp_path: Path) -> None:
    for name in ["b.txt", "a/z.md", "a/c.txt", ".hidden.txt", ".git/x.txt", "A.TXT", "d.text.gz"]:
        text = BODY.encode()
        write(tmp_path / name, gzip.compress(text) if name.endswith(".gz") else text)
    names = [Path(article.source).relative_to(tmp_path).as_posix() for article in articles(tmp_path)]
    assert names == ["A.TXT", "b.txt", "d.text.gz", "a/c.txt", "a/z.md"]


def test_globs_match_as_in_a_shell_and_a_literal_name_goes_first(tmp_path: Path) -> None:
    for name in ["a.txt", "b.txt", "c.md", "deep/er/d.txt", "odd[1].txt", ".e.txt"]:
        write(tmp_path / name, BODY)
    assert [Path(a.source).name for a in articles(f"{tmp_path}/?.txt")] == ["a.txt", "b.txt"]
    assert [Path(a.source).name for a in articles(f"{tmp_path}/**/d.txt")] == ["d.txt"]
    assert [Path(a.source).name for a in articles(tmp_path / "odd[1].txt")] == ["odd[1].txt"]
    assert "matches no file" in skipped(f"{tmp_path}/*.html")[0].reason


def test_a_file_reached_twice_is_read_once(tmp_path: Path) -> None:
    file = write(tmp_path / "a.txt", BODY)
    (tmp_path / "link.txt").symlink_to(file)
    (tmp_path / "up").symlink_to(tmp_path)
    assert len(articles(tmp_path, file, f"{tmp_path}/*.txt", tmp_path / "up" / "a.txt")) == 1


def test_reading_is_lazy(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", BODY)
    reading = read_paths([tmp_path / "a.txt", tmp_path / "b.txt"])
    assert isinstance(next(reading), Article)
    write(tmp_path / "b.txt", BODY)
    assert isinstance(next(reading), Article)


def test_the_same_files_give_the_same_ids_from_any_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "a.txt", BODY)
    (absolute,) = articles(tmp_path / "a.txt")
    monkeypatch.chdir(tmp_path)
    (relative,) = articles("a.txt")
    assert relative == absolute
    assert relative.key == relative.source == str(tmp_path / "a.txt")


# Text as it stands

ANY_TEXT = st.text(
    alphabet=st.one_of(
        st.characters(exclude_categories=["Cs", "Cc"]),
        st.sampled_from("\r\n\t\u00a0\ufeff\u200f\u202b\u0301🙂👩‍👩‍👧عربي\u2028"),
    )
)


@given(text=ANY_TEXT)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.parametrize("suffix", [".txt", ".md", ".txt.gz"])
def test_text_equals_what_the_reader_sees_in_the_file(tmp_path: Path, suffix: str, text: str) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes(gzip.compress(text.encode()) if suffix.endswith("gz") else text.encode())
    for found in read_paths([path]):
        if isinstance(found, Article):
            with (gzip.open if suffix.endswith("gz") else open)(
                path, "rt", newline="", encoding="utf-8"
            ) as file:
                assert found.text == file.read()
        else:
            assert not text.strip("\ufeff \t\r\n\f\v") or found.reason


@given(data=st.binary(max_size=300))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@pytest.mark.parametrize("suffix", [*SUFFIXES, ".txt.gz", ".json.gz"])
def test_no_bytes_make_it_fail(tmp_path: Path, suffix: str, data: bytes) -> None:
    path = write(tmp_path / f"a{suffix}", data)
    for found in read_paths([path]):
        assert isinstance(found, Article | Skipped)
        if isinstance(found, Article):
            json.dumps(found.to_dict(), ensure_ascii=False).encode()


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["name", "@id", "rendered"]), inner)
    ),
    max_leaves=5,
)
FIELD_NAMES = st.sampled_from(
    ["text", "title", "date", "author", "outlet", "url", "lang", "id", "body", "source"]
)


@given(row=st.dictionaries(FIELD_NAMES, JSON_VALUES))
@settings(deadline=None)
def test_no_row_makes_it_fail(row: dict[str, object]) -> None:
    (found,) = read_bytes(json.dumps([row]).encode(), "/a.json")
    if isinstance(found, Article):
        json.dumps(found.to_dict(), ensure_ascii=False).encode()
        assert found.published_at is None or found.published


# Markdown


def test_front_matter_is_read_and_masked() -> None:
    head = (
        "---\r\ntitle: 'Bridge closes'\r\nDate: 2026-01-17T20:37:00Z\r\n"
        "authors:\r\n  - Jane Doe\r\n  - John Roe\r\n"
        "publisher: {name: Aldmere Herald}\r\nlang: en-GB\r\ncanonical_url: https://herald.example/b\r\n---"
    )
    text = f"\ufeff{head}\r\n\r\n{BODY}"
    (article,) = read_bytes(text.encode(), "/a.md")
    assert isinstance(article, Article)
    assert article.text == text
    assert [(m.start, m.end, m.reason) for m in article.masks] == [(0, len(head) + 1, "front matter")]
    assert (article.title, article.author, article.outlet) == (
        "Bridge closes",
        "Jane Doe, John Roe",
        "Aldmere Herald",
    )
    assert (article.published, article.language) == ("2026-01-17T20:37:00+00:00", "en")
    assert article.key == article.url == "https://herald.example/b"


def test_two_rules_around_a_paragraph_are_no_front_matter() -> None:
    (article,) = read_bytes(f"---\n{BODY}\n---\n{BODY}".encode(), "/a.md")
    assert isinstance(article, Article)
    assert {mask.reason for mask in article.masks} == {"navigation"}


@pytest.mark.parametrize(
    "value", ["[" * 5000, "&a [*a]", "!!python/object:os.system {}", "\t- x", "2026-99-99"]
)
def test_odd_front_matter_does_no_harm(value: str) -> None:
    (article,) = read_bytes(f"---\ntitle: Bridge: closed\ndate: {value}\n---\n{BODY}".encode(), "/a.md")
    assert isinstance(article, Article)
    assert article.published == ""


def test_markdown_images_and_bare_links_are_masked() -> None:
    text = f"# Bridge closes\n\n![A bridge](b.jpg)\n\n{BODY}\n\n- [Another story](https://x.example/1)\n"
    (article,) = read_bytes(text.encode(), "/a.md")
    assert isinstance(article, Article)
    assert [mask.reason for mask in article.masks] == ["caption", "navigation"]


# JSON


@pytest.mark.parametrize("text_name", ["text", "body", "content", "articleBody"])
@pytest.mark.parametrize("outlet_name", ["outlet", "source", "publisher", "site", "domain"])
def test_rows_take_the_common_names(text_name: str, outlet_name: str) -> None:
    row: dict[str, object] = {
        text_name: BODY,
        "headline": "Bridge closes",
        "datePublished": 1768681020,
        outlet_name: {"name": "Aldmere Herald"},
        "byline": ["Jane Doe", {"name": "John Roe"}],
        "lang": "en-US",
        "link": "https://herald.example/b",
    }
    (article,) = read_bytes(json.dumps([row]).encode(), "/a.json")
    assert isinstance(article, Article)
    assert article == Article(
        key="https://herald.example/b",
        source="/a.json#1",
        text=BODY,
        title="Bridge closes",
        outlet="Aldmere Herald",
        author="Jane Doe, John Roe",
        published="2026-01-17T20:17:00+00:00",
        language="en",
        url="https://herald.example/b",
    )


def test_null_and_odd_values_are_left_empty() -> None:
    row: dict[str, object] = {
        "text": BODY,
        "title": None,
        "url": "javascript:alert(1)",
        "date": "soon",
        "author": [],
        "lang": "??",
    }
    (article,) = read_bytes(json.dumps(row).encode(), "/a.json")
    assert isinstance(article, Article)
    assert (article.title, article.url, article.published, article.author) == ("", "", "", "")
    assert (article.key, article.source, article.language) == ("/a.json", "/a.json", "en")


@pytest.mark.parametrize("holder", [None, "articles", "items", "data", "results"])
def test_lists_are_found_and_rows_are_numbered_from_one(holder: str | None) -> None:
    rows = [{"text": BODY, "id": "x7"}, {"text": BODY}]
    found = list(read_bytes(json.dumps({holder: rows} if holder else rows).encode(), "/a.json"))
    assert [(a.source, a.key) for a in found if isinstance(a, Article)] == [
        ("/a.json#1", "/a.json#x7"),
        ("/a.json#2", "/a.json#2"),
    ]


def test_one_broken_line_of_many_is_named_and_the_rest_is_read(tmp_path: Path) -> None:
    row = json.dumps({"text": BODY})
    file = write(tmp_path / "a.jsonl", f'\ufeff{row}\r\n\r\n{{"text": "x\r\n{row}\n[1]\n{{}}\n{row}')
    found = list(read_paths([file]))
    assert [item.source for item in found] == [f"{file}#{line}" for line in [1, 3, 4, 5, 6, 7]]
    broken, no_object, no_text = (item.reason for item in found if isinstance(item, Skipped))
    assert "broken JSON" in broken
    assert "no JSON object" in no_object
    assert "text, body, content" in no_text


def test_line_separators_inside_a_string_end_no_row() -> None:
    row = json.dumps({"text": f"{BODY}\u2028{BODY}\u0085"}, ensure_ascii=False)
    (article,) = read_bytes(row.encode(), "/a.jsonl")
    assert isinstance(article, Article)
    assert article.text == f"{BODY}\u2028{BODY}\u0085"


def test_a_lone_surrogate_is_replaced_one_for_one() -> None:
    (article,) = read_bytes(rb'{"text": "Rain \ud800 fell \ud83d\ude00", "title": "\udfff"}', "/a.json")
    assert isinstance(article, Article)
    assert (article.text, article.title) == ("Rain \ufffd fell 😀", "\ufffd")


def test_markup_in_a_row_becomes_text_and_a_mere_tag_stays() -> None:
    markup = "<p>Rain fell &amp; fell.</p><script>x()</script><p>Nobody came.<br>Nobody.</p>"
    rows = [{"text": markup}, {"text": "He typed <script>alert(1)</script> and <img onerror=x>."}]
    first, second = read_bytes(json.dumps(rows).encode(), "/a.json")
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert first.text == "Rain fell & fell.\n\nNobody came.\nNobody."
    assert second.text == rows[1]["text"]


# HTML


def test_a_page_gives_its_text_and_what_it_says_of_itself(tmp_path: Path) -> None:
    (article,) = articles(write(tmp_path / "a.html", page()))
    assert BODY.split("\n", maxsplit=1)[0] in article.text
    assert "©" not in article.text
    assert (article.title, article.outlet) == ("Bridge closes", "Aldmere Herald")
    assert (article.published, article.language) == ("2026-01-17T20:37:00+01:00", "en")
    assert article.key == article.url == "https://herald.example/bridge"


def test_json_ld_goes_first_and_names_are_looked_up_by_id() -> None:
    graph = {
        "@graph": [
            {"@type": "Organization", "@id": "#org", "name": "Dunmore Post"},
            {
                "@type": ["NewsArticle"],
                "headline": "Bridge &amp; tunnel close",
                "publisher": {"@id": "#org"},
                "author": [{"name": "Jane Doe"}],
                "datePublished": "2026-01-18T01:02:03Z",
            },
        ]
    }
    script = f'<script type="application/ld+json">{json.dumps(graph)}</script>'
    (article,) = read_bytes(page().replace("</head>", script + "</head>").encode(), "/a.html")
    assert isinstance(article, Article)
    assert (article.title, article.outlet, article.author) == (
        "Bridge & tunnel close",
        "Dunmore Post",
        "Jane Doe",
    )
    assert article.published == "2026-01-18T01:02:03+00:00"


def test_a_page_that_names_no_outlet_has_none() -> None:
    bare = page().replace('<meta property="og:site_name" content="Aldmere Herald">', "")
    (article,) = read_bytes(bare.encode(), "/herald.html")
    assert isinstance(article, Article)
    assert article.outlet == ""


def test_a_page_in_its_declared_encoding_is_read() -> None:
    declared = page().replace("utf-8", "windows-1252").replace("council", "consejería")
    (article,) = read_bytes(declared.encode("cp1252"), "/a.html")
    assert isinstance(article, Article)
    assert "consejería" in article.text


@pytest.mark.parametrize(
    "markup",
    [
        "<",
        "<html></html>",
        "<div>" * 50_000,
        "<!DOCTYPE",
        "<?xml version='1.0' encoding='x'?>",
        "<script>x</script>",
    ],
)
def test_broken_pages_are_skipped(markup: str) -> None:
    (found,) = read_bytes(markup.encode(), "/a.html")
    assert isinstance(found, Skipped)


# What can't be read


def test_bad_input_is_one_clear_line_each_and_the_rest_goes_on(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", BODY)
    write(tmp_path / "binary.txt", b"\x00\x01\x02" * 100)
    write(tmp_path / "blank.txt", " \r\n\ufeff\n")
    write(tmp_path / "empty.txt", b"")
    write(tmp_path / "nested.json", "[" * 100_000)
    write(tmp_path / "paper.pdf", b"%PDF-1.7")
    write(tmp_path / "paper.txt", b"%PDF-1.7")
    write(tmp_path / "short.txt.gz", gzip.compress(BODY.encode())[:-9])
    write(tmp_path / "unpacked.txt.gz", BODY)
    write(tmp_path / "z.txt", BODY)
    found = list(read_paths([tmp_path, tmp_path / "missing.txt"]))
    assert [Path(a.source).name for a in found if isinstance(a, Article)] == ["a.txt", "z.txt"]
    reasons = {Path(item.source).name: item.reason for item in found if isinstance(item, Skipped)}
    words = {
        "binary.txt": "binary",
        "blank.txt": "no text",
        "empty.txt": "empty",
        "nested.json": "nested too deeply",
        "paper.pdf": "not supported",
        "paper.txt": "PDF",
        "short.txt.gz": "damaged",
        "unpacked.txt.gz": "damaged",
        "missing.txt": "does not exist",
    }
    assert reasons.keys() == words.keys()
    assert all(words[name] in reason and "\n" not in reason for name, reason in reasons.items())


def test_a_folder_with_nothing_to_read_is_one_line(tmp_path: Path) -> None:
    write(tmp_path / "photos" / "a.jpg", b"x")
    write(tmp_path / "photos" / "b.jpg", b"x")
    (tmp_path / "bare").mkdir()
    for folder in ["photos", "bare"]:
        (line,) = skipped(tmp_path / folder)
        assert line.source == str(tmp_path / folder)
        assert ".jsonl" in line.reason


def test_the_size_limit_holds_for_a_file_and_for_what_a_packed_one_unpacks_to(tmp_path: Path) -> None:
    with (tmp_path / "large.txt").open("wb") as file:
        file.truncate(200 * 1024**2)  # sparse: it takes no room on disk
    write(tmp_path / "bomb.txt.gz", gzip.compress(b"a" * 20 * 1024**2))
    assert [line.reason for line in skipped(tmp_path / "large.txt")] == [
        "is larger than the limit of 100 MB; split it, or raise NEWSCITE_MAX_FILE_MB"
    ]
    assert "1 MB" in skipped(tmp_path / "bomb.txt.gz", max_bytes=1024**2)[0].reason
    assert articles(write(tmp_path / "fits.txt", BODY), max_bytes=len(BODY.encode()))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_says_so(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", BODY).chmod(0)
    assert "permissions" in skipped(tmp_path / "a.txt")[0].reason


def test_pipes_loops_and_odd_names_do_no_harm(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    (tmp_path / "nothing.txt").symlink_to(tmp_path / "gone.txt")
    for path in ["pipe.txt", "loop.txt", "nothing.txt", "x" * 5000, "nul\0.txt"]:
        (line,) = skipped(str(tmp_path / path))
        assert line.reason
    odd = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt"))
    odd.write_text(BODY)
    (article,) = articles(odd)
    article.source.encode()


def test_importing_the_readers_imports_nothing_heavy() -> None:
    code = "import sys, index.sources; print([m for m in sys.argv[1:] if m in sys.modules])"
    heavy = ["trafilatura", "lxml", "dateparser", "charset_normalizer", "py3langid", "numpy", "yaml"]
    result = subprocess.run([sys.executable, "-c", code, *heavy], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared data is not beside this checkout (../shared)")
def test_the_seeds_hide_what_no_answer_may_cite() -> None:
    masked = [
        article.text[mask.start : mask.end].replace("\xa0", " ")
        for article in articles(SHARED / "seeds")
        for mask in article.masks
    ]
    for debris in [
        "*",
        "السبت: 17 يناير 2026",
        "مواضيع قد تعجبك",
        "Related videos:",
        "Filed under:",
        "CiberCuba Editorial Team",
        "WATCH — President Trump: Running Venezuela Is America First:",
    ]:
        assert debris in masked
    assert any("AP Photo" in line for line in masked)
    assert any("follow him on Twitter" in line for line in masked)
    assert len(masked) == 13


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared data is not beside this checkout (../shared)")
def test_real_prose_stays_open() -> None:
    texts = articles(SHARED / "data" / "onestop_english" / "Adv-Txt")
    length = sum(len(article.text) for article in texts)
    hidden = sum(mask.end - mask.start for article in texts for mask in article.masks)
    assert hidden < length / 1000


def test_front_matter_with_aliases_does_not_grow_without_end(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9)]
    lines += ["title: Rain", "author: *a8"]
    write(tmp_path / "bomb.md", "---\n" + "\n".join(lines) + "\n---\nRain fell in the town on Monday.\n")

    (article,) = articles(tmp_path / "bomb.md")
    assert (article.title, len(article.author) < 100) == ("Rain", True)

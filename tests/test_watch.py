"""Watching feeds: what is new, corrected, gone, and how it ends. Server, store and signals are real."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import filelock
import pytest
from conftest import HashEmbedder
from web_server import DAM, QUICK, RAIN, Answer, Site, Time, serving

from index.errors import InputError
from index.sources.web.fetch import Fetcher
from index.store import LOCK_NAME, Store
from index.watch import Round, seconds_of, watch

Newscite = Callable[..., tuple[int, str, str]]


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        site.html("/rain", "Rain closes the pier", *RAIN, etag='"r1"')
        site.html("/dam", "Dam to open late", *DAM, etag='"d1"')
        yield site


@pytest.fixture
def fetcher() -> Iterator[Fetcher]:
    with Fetcher(allow_private=True, limits=QUICK) as fetcher:
        yield fetcher


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "store", HashEmbedder(), create=True) as store:
        yield store


def item(site: Site, path: str, day: int = 6) -> str:
    published = f"<pubDate>Mon, {day:02} Jan 2031 08:00:00 GMT</pubDate>"
    return f"<title>Story {path}</title><link>{site.url}{path}</link>{published}"


def counts(done: Round) -> tuple[int, int, int, int]:
    return done.added, done.updated, done.unchanged, done.failed


def texts(store: Store) -> str:
    return "\n".join(article.text for article in store.catalog.articles())


# Rounds


def test_what_a_feed_gains_is_added_and_nothing_else_is_fetched(
    site: Site, fetcher: Fetcher, store: Store
) -> None:
    time = Time()
    rounds = watch(store, [f"{site.url}/feed"], fetcher, every=60, clock=time.clock, sleep=time.sleep)
    site.rss("/feed", item(site, "/rain"), etag='"f1"')
    first = next(rounds)
    assert (first.feed, first.error, first.next_in) == (f"{site.url}/feed", "", 60)
    assert counts(first) == (1, 0, 0, 0)
    site.asked.clear()
    assert counts(next(rounds)) == (0, 0, 1, 0)
    site.rss("/feed", item(site, "/dam", 7), item(site, "/rain"), etag='"f2"')
    assert counts(next(rounds)) == (1, 0, 1, 0)
    assert site.paths == ["/feed", "/feed", "/dam"]
    assert time.slept == [60, 60]
    assert store.catalog.article_count() == 2


def test_a_corrected_page_takes_the_place_of_what_it_was(site: Site, fetcher: Fetcher, store: Store) -> None:
    rounds = watch(store, [f"{site.url}/feed"], fetcher, sleep=lambda _: None)
    site.rss("/feed", item(site, "/dam"))
    next(rounds)
    site.html("/dam", "Dam to open late", DAM[0], DAM[1].replace("1.3", "1.8"), etag='"d2"')
    site.rss("/feed", item(site, "/dam", 8))
    assert counts(next(rounds)) == (0, 1, 0, 0)
    assert "1.8 billion" in texts(store)
    assert "1.3 billion" not in texts(store)
    (article,) = store.catalog.articles()
    assert article.corrected
    assert len(store.catalog.versions(article.key)) == 1


def test_a_corrected_item_with_its_whole_text_is_updated(site: Site, fetcher: Fetcher, store: Store) -> None:
    def whole(more: str) -> str:
        body = f"<description><![CDATA[<p>{'</p><p>'.join(RAIN * 4)}</p><p>{more}</p>]]></description>"
        return f"<title>Rain</title><link>https://tessaby.example/rain</link>{body}"

    rounds = watch(store, [f"{site.url}/feed"], fetcher, sleep=lambda _: None)
    site.rss("/feed", whole("Two people were hurt."))
    assert counts(next(rounds)) == (1, 0, 0, 0)
    site.rss("/feed", item(site, "/dam"), whole("Two people were hurt."))
    assert counts(next(rounds)) == (1, 0, 1, 0), "its place in the feed is nothing of its own"
    site.rss("/feed", item(site, "/dam"), whole("Three people were hurt."))
    assert counts(next(rounds)) == (0, 1, 1, 0)


def test_a_server_that_vanishes_is_asked_ever_more_rarely_and_its_return_is_seen(
    site: Site, fetcher: Fetcher, store: Store
) -> None:
    time = Time()
    rounds = watch(store, [f"{site.url}/feed"], fetcher, every=600, clock=time.clock, sleep=time.sleep)
    site.rss("/feed", item(site, "/rain"))
    assert next(rounds).error == ""
    feed = site.pages.pop("/feed")
    gone = [next(rounds) for _ in range(7)]
    assert all(done.error == "answered 404 Not Found; check the address" for done in gone)
    assert [done.next_in for done in gone] == [1200, 2400, 4800, 9600, 14400, 14400, 14400]
    site.pages["/feed"] = feed
    back = next(rounds)
    assert (back.error, back.next_in, counts(back)) == ("", 600, (0, 0, 1, 0))


def test_the_store_stays_as_it_is_while_nobody_is_there(fetcher: Fetcher, store: Store) -> None:
    with serving() as site:
        site.html("/rain", "Rain closes the pier", *RAIN)
        site.rss("/feed", item(site, "/rain"))
        rounds = watch(store, [f"{site.url}/feed"], fetcher, sleep=lambda _: None)
        next(rounds)
    failed = next(rounds)
    assert "connection failed" in failed.error
    assert store.catalog.article_count() == 1


def test_a_page_that_can_not_be_had_is_counted_and_tried_again_only_if_that_may_help(
    site: Site, fetcher: Fetcher, store: Store
) -> None:
    rounds = watch(store, [f"{site.url}/feed"], fetcher, sleep=lambda _: None)
    site.pages["/busy"] = Answer(status=503)
    site.rss("/feed", item(site, "/gone"), item(site, "/busy"), item(site, "/rain"))
    first = next(rounds)
    assert (counts(first), first.error) == ((1, 0, 0, 2), "")
    assert {skipped.source for skipped in first.skipped} == {f"{site.url}/gone", f"{site.url}/busy"}
    site.html("/busy", "Dam to open late", *DAM)
    site.asked.clear()
    assert counts(next(rounds)) == (1, 0, 1, 1)
    assert counts(next(rounds)) == (0, 0, 2, 1)
    assert counts(next(rounds)) == (0, 0, 2, 0), "three times is enough"
    assert site.paths == ["/feed", "/gone", "/busy", "/feed", "/gone", "/feed"]


@pytest.mark.parametrize(
    ("asks", "expected"),
    [
        (("<ttl>30</ttl>", ""), 1800),
        (("", "max-age=3600"), 3600),
        (("<ttl>1</ttl>", "max-age=5"), 600),
        (("<ttl>999999</ttl>", ""), 24 * 3600),
    ],
)
def test_a_feed_may_ask_for_longer_pauses(
    site: Site, fetcher: Fetcher, store: Store, asks: tuple[str, str], expected: int
) -> None:
    ttl, cache = asks
    site.rss("/feed", item(site, "/rain"), ttl=ttl, etag='"f1"')
    page = site.pages["/feed"]
    assert isinstance(page, Answer)
    page.headers["Cache-Control"] = cache
    rounds = watch(store, [f"{site.url}/feed"], fetcher, every=600, sleep=lambda _: None, clock=lambda: 0)
    assert next(rounds).next_in == expected
    assert next(rounds).next_in == expected, "nor does an answer without anything new take it back"


def test_a_busy_server_says_when_to_come_again(site: Site, fetcher: Fetcher, store: Store) -> None:
    site.pages["/feed"] = Answer(status=429, headers={"Retry-After": "7200"})
    rounds = watch(store, [f"{site.url}/feed"], fetcher, every=60, sleep=lambda _: None)
    done = next(rounds)
    assert (done.next_in, done.error) == (7200, "answered 429 Too Many Requests; it asks to wait 7200 s")
    site.rss("/feed", item(site, "/rain"))
    assert next(rounds).next_in == 60


def test_each_feed_has_its_own_turn(site: Site, fetcher: Fetcher, store: Store, tmp_path: Path) -> None:
    time = Time()
    site.rss("/slow", item(site, "/rain"), ttl="<ttl>5</ttl>")
    site.rss("/bad")
    file = tmp_path / "feed.xml"
    file.write_text(f'<rss version="2.0"><channel><item>{item(site, "/dam")}</item></channel></rss>')
    feeds = [f"{site.url}/slow", f"{site.url}/bad", str(file)]
    rounds = watch(store, feeds, fetcher, every=100, clock=time.clock, sleep=time.sleep)
    done = [next(rounds) for _ in range(7)]
    assert [feeds.index(one.feed) for one in done] == [0, 1, 2, 2, 1, 2, 0]
    assert [one.error for one in done[:3]] == ["", "is a feed without items", ""]
    assert [counts(one) for one in done[2:4]] == [(1, 0, 0, 0), (0, 0, 1, 0)]


def test_a_run_that_is_killed_before_it_writes_fetches_again(
    site: Site, fetcher: Fetcher, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed here: between fetching and indexing. What is remembered must not outrun what is stored."""

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    site.rss("/feed", item(site, "/rain"), etag='"f1"')
    with monkeypatch.context() as patch:
        patch.setattr("index.watch.index_articles", killed)
        with pytest.raises(KeyboardInterrupt):
            next(watch(store, [f"{site.url}/feed"], fetcher))
    assert store.catalog.pages.known() == {}
    assert counts(next(watch(store, [f"{site.url}/feed"], fetcher))) == (1, 0, 0, 0)
    assert set(store.catalog.pages.known()) == {f"{site.url}/feed", f"{site.url}/rain"}


def test_the_write_lock_is_held_only_while_something_is_written(
    site: Site, fetcher: Fetcher, store: Store
) -> None:
    lock = filelock.FileLock(store.folder / LOCK_NAME)
    free: list[str] = []

    rain = site.pages["/rain"]
    assert isinstance(rain, Answer)

    def page(answer: Answer = rain) -> Answer:
        with lock.acquire(timeout=0):
            free.append("while a page is fetched")
        return answer

    site.pages["/rain"] = page
    site.rss("/feed", item(site, "/rain"))
    next(watch(store, [f"{site.url}/feed"], fetcher))
    with lock.acquire(timeout=0):
        free.append("between rounds")
    assert free == ["while a page is fetched", "between rounds"]


def test_another_writer_is_waited_for(site: Site, fetcher: Fetcher, store: Store) -> None:
    lock = filelock.FileLock(store.folder / LOCK_NAME)
    lock.acquire()
    waited: list[float] = []

    def sleep(seconds: float) -> None:
        waited.append(seconds)
        if len(waited) == 3:
            lock.release()

    site.rss("/feed", item(site, "/rain"))
    assert counts(next(watch(store, [f"{site.url}/feed"], fetcher, sleep=sleep))) == (1, 0, 0, 0)
    assert len(waited) == 3


def test_more_pages_than_a_round_may_fetch_come_in_the_next(
    site: Site, fetcher: Fetcher, store: Store
) -> None:
    rounds = watch(store, [f"{site.url}/feed"], fetcher, max_pages=1, sleep=lambda _: None)
    site.rss("/feed", item(site, "/rain"), item(site, "/dam"), etag='"f1"')
    assert [counts(next(rounds)) for _ in range(3)] == [(1, 0, 0, 0), (1, 0, 1, 0), (0, 0, 2, 0)]


@pytest.mark.parametrize(
    ("written", "seconds"), [("90s", 90), ("15m", 900), ("1.5h", 5400), ("1 D", 86400), ("1s", 1)]
)
def test_times_are_written_as_people_do(written: str, seconds: float) -> None:
    assert seconds_of(written) == seconds


@pytest.mark.parametrize("written", ["", "15", "m", "-1m", "0m", "0.5s", "soon", "1m30s"])
def test_any_other_time_is_an_error(written: str) -> None:
    with pytest.raises(InputError, match="write it as 90s, 15m, 2h or 1d"):
        seconds_of(written)


# The commands


@pytest.fixture
def hashed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The commands embed without a model: how is not what is tested here."""
    monkeypatch.setattr("index.embed.load_embedder", lambda *_: HashEmbedder())


@pytest.mark.usefixtures("hashed")
def test_watch_once_says_what_it_did(site: Site, newscite: Newscite, tmp_path: Path) -> None:
    site.rss("/feed", item(site, "/rain"), item(site, "/gone"))
    watched = ("watch", f"{site.url}/feed", "--once", "--allow-private", "--store", tmp_path / "store")
    code, out, err = newscite(*watched)
    assert (code, len(out.splitlines())) == (0, 1)
    assert out.endswith(f" {site.url}/feed: 1 added, 0 updated, 0 unchanged, 1 failed\n")
    assert err == f"skipped {site.url}/gone: answered 404 Not Found; check the address\n"
    code, out, err = newscite(*watched, "--json")
    (row,) = map(json.loads, out.splitlines())
    assert (code, err) == (0, "")
    assert (row["feed"], row["added"], row["unchanged"], row["failed"]) == (f"{site.url}/feed", 0, 1, 1)
    assert list(row) == [
        *("time", "feed", "added", "updated", "unchanged", "failed", "error", "next_in", "skipped")
    ]


@pytest.mark.usefixtures("hashed")
def test_watch_ends_at_once_where_no_feed_can_be_read(site: Site, newscite: Newscite, tmp_path: Path) -> None:
    store = ("--store", tmp_path / "store")
    code, out, err = newscite("watch", f"{site.url}/none", "--allow-private", *store)
    assert (code, out) == (1, "")
    assert err == f"newscite: {site.url}/none: answered 404 Not Found; check the address\n"
    code, out, err = newscite("watch", f"{site.url}/none", *store)
    assert (code, out) == (1, "")
    assert err.endswith("is a private address; --allow-private lets it be read\n")
    code, out, err = newscite("watch", tmp_path / "none.xml", *store)
    assert (code, len(err.splitlines())) == (1, 1)
    code, out, err = newscite("watch", f"{site.url}/none", "--every", "often", *store)
    assert (code, len(err.splitlines())) == (1, 1)


@pytest.mark.usefixtures("hashed")
def test_watch_goes_on_where_one_feed_can(site: Site, newscite: Newscite, tmp_path: Path) -> None:
    site.rss("/feed", item(site, "/rain"))
    code, out, err = newscite(
        *("watch", f"{site.url}/none", f"{site.url}/feed", "--once", "--allow-private"),
        *("--store", tmp_path / "store"),
    )
    assert (code, len(out.splitlines()), len(err.splitlines())) == (0, 1, 1)


@pytest.mark.usefixtures("hashed")
def test_index_takes_addresses_beside_files(site: Site, newscite: Newscite, tmp_path: Path) -> None:
    site.rss("/feed", item(site, "/rain"), item(site, "/dam"), etag='"f1"')
    file = tmp_path / "tram.txt"
    file.write_text("The tram of Port Aulin is late again. It was late on Monday too.", "utf-8")
    options = ("--allow-private", "--prune", "--json", "--store", tmp_path / "store")
    index = ("index", f"{site.url}/feed", file, *options)
    code, out, err = newscite(*index)
    report = json.loads(out)
    assert (code, report["added"], report["skipped"], err) == (0, 3, [], "")
    site.asked.clear()
    code, out, err = newscite(*index)
    report = json.loads(out)
    assert (code, report["unchanged"], report["added"], report["articles"]) == (0, 3, 0, 3)
    assert site.paths == ["/feed"]


@pytest.mark.usefixtures("hashed")
def test_index_tells_what_it_left(site: Site, newscite: Newscite, tmp_path: Path) -> None:
    site.rss("/feed", item(site, "/rain"), item(site, "/dam"))
    index = (
        "index",
        f"{site.url}/feed",
        "--allow-private",
        "--max-pages",
        "1",
        "--store",
        tmp_path / "store",
    )
    code, _, err = newscite(*index)
    assert code == 0
    assert "names more pages than the limit of 1 a run, 1 more; run it again" in err
    code, out, err = newscite(*index)
    assert (code, json.loads(out)["articles"]) == (0, 2)


def test_extract_shows_what_a_page_gives(site: Site, newscite: Newscite) -> None:
    code, out, err = newscite("extract", f"{site.url}/rain", "--allow-private", "--json")
    row = json.loads(out)
    assert (code, err, row["source"], row["title"]) == (0, "", f"{site.url}/rain", "Rain closes the pier")
    code, out, err = newscite("extract", f"{site.url}/rain")
    assert (code, out) == (1, "")
    assert "private address" in err


# Stopping

WATCH = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell may have it ignored
import index.embed, sys
from conftest import HashEmbedder
index.embed.load_embedder = lambda *_: HashEmbedder()
from ui.cli import main
main()
"""


def started(*arguments: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent)}
    return subprocess.Popen(
        [sys.executable, "-c", WATCH, "watch", "--allow-private", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
    )


@pytest.mark.slow
@pytest.mark.parametrize("signal_number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_between_rounds(site: Site, tmp_path: Path, signal_number: int) -> None:
    site.rss("/feed", item(site, "/rain"))
    with started(f"{site.url}/feed", "--store", str(tmp_path / "store")) as process:
        too_long = threading.Timer(60, process.kill)
        too_long.start()
        assert process.stdout is not None
        line = process.stdout.readline()
        process.send_signal(signal_number)
        out, err = process.communicate()
        too_long.cancel()
    assert "1 added" in line
    assert (process.returncode, out, err) == (0, "", "")
    with Store(tmp_path / "store", HashEmbedder()) as store:
        assert store.catalog.article_count() == 1
        store.refresh()


@pytest.mark.slow
def test_a_signal_ends_it_while_a_server_keeps_it_waiting(site: Site, tmp_path: Path) -> None:
    asked = threading.Event()

    def slow() -> Answer:
        asked.set()
        time.sleep(5)
        return Answer(status=404)

    site.pages["/rain"] = slow
    site.rss("/feed", item(site, "/dam"), item(site, "/rain"))
    with started(f"{site.url}/feed", "--store", str(tmp_path / "store")) as process:
        too_long = threading.Timer(60, process.kill)
        too_long.start()
        while not asked.wait(0.1) and process.poll() is None:
            pass
        assert asked.is_set(), process.communicate()
        process.send_signal(signal.SIGTERM)
        before = time.monotonic()
        process.communicate()
        too_long.cancel()
    assert process.returncode == 0
    assert time.monotonic() - before < 4
    with Store(tmp_path / "store", HashEmbedder()) as store:
        store.refresh()
        assert store.catalog.pages.known() == {}, "what was not stored is not remembered"


def test_a_signal_waits_for_what_is_being_written(
    site: Site, fetcher: Fetcher, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    from index.build import Report, index_articles

    def interrupted(*arguments: object) -> Report:
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(0.05)
        return index_articles(*arguments)  # type: ignore[arg-type]  # as watch gives them

    site.rss("/feed", item(site, "/rain"))
    monkeypatch.setattr("index.watch.index_articles", interrupted)
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt):
            next(watch(store, [f"{site.url}/feed"], fetcher))
        assert signal.getsignal(signal.SIGTERM) is signal.default_int_handler
    finally:
        signal.signal(signal.SIGTERM, before)
    assert store.catalog.article_count() == 1
    assert f"{site.url}/rain" in store.catalog.pages.known()

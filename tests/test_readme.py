"""Every command and snippet of the README runs, on the shipped sample."""

import json
import re
import shlex
import shutil
import socket
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import shared_folder
from web_server import Answer, Site, serving

from evals.evaluations import run_evaluation
from evals.gate import OWN_BASELINE, write_baseline
from evals.run import Options
from index.embed import Embedder
from index.sample import ARTICLES
from index.store import Store
from rag.settings import read_settings
from ui import cli

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
DATA = {
    "near_duplicates": "onestop_english",
    "ablation": "onestop_qa",
}  # evaluations whose data is called otherwise
OWN = [
    "velloway-courier-storm.txt",
    "velloway-courier-tram-collision.txt",
    "harbour-ledger-harbour-master.txt",
    "highmere-lantern-sea-otter.md",
    "marentine-post-school-hours.txt",
]
NEWSCITE = Path(sys.executable).parent / "newscite"


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, flags=re.DOTALL)


def shell_lines() -> list[str]:
    lines = [line for block in blocks("sh") for line in block.splitlines()]
    return [bare for line in lines if (bare := re.sub(r"\s+#\s.*", "", line).strip())]


@pytest.fixture
def at_home(sample_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A newcomer's folder: the sample as my-articles, and it is already in the default store."""
    shutil.copytree(ARTICLES, tmp_path / "my-articles")
    shutil.copytree(sample_store, tmp_path / "store")
    _make_own_evaluation(tmp_path / "my-eval")
    monkeypatch.setenv("NEWSCITE_STORE", str(tmp_path / "store"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _make_own_evaluation(folder: Path) -> None:
    """Five articles, and ten questions on them: the README's own, and others of the sample."""
    (folder / "articles").mkdir(parents=True)
    for name in OWN:
        shutil.copy(ARTICLES / name, folder / "articles" / name)
    (shown,) = blocks("jsonl")
    lines = shown.splitlines()
    for line in (ROOT / "evals" / "sample" / "questions.jsonl").read_text("utf-8").splitlines():
        gold = {each["article"] for each in json.loads(line)["gold"]}
        if gold and gold <= set(OWN) and len(lines) < 10:
            lines.append(line)
    (folder / "questions.jsonl").write_text("\n".join(lines), encoding="utf-8")


@pytest.fixture
def site() -> Iterator[Site]:
    """A feed on this machine with one page of the sample."""
    with serving() as site:
        page = min(ARTICLES.glob("*.html")).read_bytes()
        site.pages["/page"] = Answer(page, headers={"Content-Type": "text/html"})
        site.rss("/feed", f"<title>A story</title><link>{site.url}/page</link>")
        yield site


def test_there_is_a_snippet_of_each_kind_to_run() -> None:
    commands = {line.split()[1] for line in shell_lines() if line.startswith("newscite")}

    assert commands >= {"index", "watch", "ask", "search", "show", "list", "stats", "chat", "eval", "check"}
    assert len(blocks("python")) >= 1


@pytest.mark.parametrize(
    "line", [line for line in shell_lines() if re.match(r"newscite (?!chat|serve|mcp)", line)]
)
@pytest.mark.slow
@pytest.mark.usefixtures("at_home")
def test_command(
    line: str,
    embedder: Embedder,
    site: Site,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    words = shlex.split(line)
    if is_saved := ">" in words:
        words = words[: words.index(">")]
    if words[:3] == ["newscite", "eval", "compare"]:
        run = json.dumps(run_evaluation("sample", options=Options(limit=2)).to_dict())
        for file in words[3:]:
            Path(file).write_text(run, encoding="utf-8")
    if words[:3] == ["newscite", "eval", "gate"] and "--data" in words and "--write" not in words:
        write_baseline(run_evaluation("own", Path("my-eval")), Path("my-eval") / OWN_BASELINE)
    if "ARTICLE_ID" in words:
        with Store(read_settings().store, embedder) as store:
            words[words.index("ARTICLE_ID")] = store.catalog.sources()[0][0]
    if "DIR" in words:
        words[words.index("DIR")] = str(shared_folder(f"data/{DATA.get(words[2], words[2])}"))
    is_measured = words[:2] == ["newscite", "eval"] and words[2] not in ("list", "compare", "gate", "own")
    if is_measured and "--limit" not in words:
        words += ["--limit", "5"]
    if {"URL", "FEED"} & set(words):
        words = [site.url + "/feed" if word in ("URL", "FEED") else word for word in words]
        words += ["--allow-private", *(["--once"] if "watch" in words else [])]
    monkeypatch.setattr(sys, "argv", words)
    try:
        cli.main()
        status = 0
    except SystemExit as stop:
        status = int(stop.code or 0)

    printed = capsys.readouterr().out.strip()
    assert status == 0, printed
    assert printed
    if is_saved:
        assert json.loads(printed)
    if "--report" in words:
        assert "10 questions on 5 articles" in Path("report.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("snippet", blocks("python"))
@pytest.mark.slow
def test_python(snippet: str, at_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    exec(compile(snippet, "README.md", "exec"), {})

    assert "answered" in capsys.readouterr().out or "print(" not in snippet


@pytest.mark.parametrize("line", [line for line in shell_lines() if line.startswith("make ")])
def test_make_target(line: str) -> None:
    done = subprocess.run(
        [*shlex.split(line), "--dry-run"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("line", [line for line in shell_lines() if line.startswith("export ")])
def test_export(line: str) -> None:
    settings = read_settings(dict(word.split("=", 1) for word in shlex.split(line)[1:]))

    assert settings.has_chat_model


@pytest.mark.slow
def test_newscite_chat_serves_the_page(at_home: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [str(NEWSCITE), "chat", "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        too_long = threading.Timer(120, process.kill)
        too_long.start()
        try:
            said = process.stdout.readline()  # said once the page answers
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=30) as reply:
                page = str(reply.read().decode())
        finally:
            too_long.cancel()
            process.terminate()

    assert f"http://127.0.0.1:{port}" in said
    assert "newscite" in page


def test_settings_in_the_table_are_the_settings_there_are() -> None:
    from rag.settings import Settings

    named = set(re.findall(r"`(NEWSCITE_[A-Z_]+)`", README))

    assert named == {f"NEWSCITE_{name.upper()}" for name in Settings.model_fields}

"""What a stranger installs: the built wheel, away from the repository."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]


def run(*command: str | Path, **environment: str) -> str:
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, timeout=300, env={**os.environ, **environment}
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built in an environment of its own."""
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--outdir", folder, ROOT)
    (built,) = folder.glob("newscite-*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel's contents as pip puts them into a folder; what it depends on is here already."""
    folder = tmp_path_factory.mktemp("installed") / "site"
    run(sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", folder, wheel)
    return folder


def in_tree(*patterns: str) -> set[str]:
    return {str(path.relative_to(ROOT)) for pattern in patterns for path in ROOT.glob(pattern)}


def test_the_wheel_holds_the_four_packages_and_nothing_else(wheel: Path) -> None:
    names = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert {name.split("/")[0] for name in names} == {"index", "rag", "ui", "evals"}
    assert in_tree("index/**/*.py", "rag/**/*.py", "ui/**/*.py", "evals/**/*.py") <= names
    assert not [name for name in names if "__pycache__" in name or name.endswith(".pyc")]


def test_the_wheel_holds_its_data(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    articles = in_tree("index/sample/articles/*")
    assert len(articles) >= 16
    data = {"index/sources/places.txt.gz", "evals/sample/questions.jsonl", "evals/baseline.json"}
    assert articles | data | in_tree("ui/assets/*") <= names


def test_the_wheel_carries_its_licence_and_commands(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        texts = {name.split("/", 1)[1]: name for name in archive.namelist() if ".dist-info/" in name}
        entry_points = archive.read(texts["entry_points.txt"]).decode()
    assert "licenses/LICENSE" in texts
    assert "newscite = ui.cli:main" in entry_points
    assert "eval = evals.command:app" in entry_points


def test_the_installed_command_runs_away_from_the_repository(
    installed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    site = {"PYTHONPATH": str(installed)}
    where = run(sys.executable, "-c", "import ui.cli, evals; print(ui.cli.__file__, evals.__file__)", **site)
    assert all(Path(file).is_relative_to(installed) for file in where.split())
    helped = run(installed / "bin" / "newscite", "--help", **site)
    assert "eval" in helped, "the command that comes by an entry point"
    articles = installed / "index" / "sample" / "articles"
    read = run(installed / "bin" / "newscite", "extract", articles, "--json", **site).splitlines()
    assert len(read) >= 16
    assert {"en", "es", "ar"} <= {json.loads(line)["language"] for line in read}
    questions = "from evals.datasets import read_shipped_sample; print(len(read_shipped_sample().questions))"
    assert int(run(sys.executable, "-c", questions, **site)) >= 40

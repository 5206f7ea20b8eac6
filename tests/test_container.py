"""The Dockerfile and compose.yaml name what there is: files, settings, command, port. No image is built."""

import re
import shlex
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml

from rag import Settings
from ui import cli

ROOT = Path(__file__).parents[1]
# What is set beside newscite's own settings, all of it to keep libraries quiet and their files in the volume.
LIBRARIES = {
    "ANONYMIZED_TELEMETRY": "False",
    "GRADIO_ANALYTICS_ENABLED": "False",
    "LANGSMITH_TRACING": "false",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_OFFLINE": "1",
    "HF_HOME": "/data/models",
    "PYTHONDONTWRITEBYTECODE": "1",
}


def dockerfile() -> list[tuple[str, str]]:
    """Its instructions with what follows each, continued lines joined."""
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    lines = "\n".join(line for line in text.splitlines() if not line.startswith("#")).replace("\\\n", " ")
    found = [line.split(maxsplit=1) for line in lines.splitlines() if line.strip()]
    return [(name, " ".join(rest.split())) for name, rest in found]


def all_of(name: str) -> list[str]:
    return [rest for each, rest in dockerfile() if each == name]


def only(name: str) -> str:
    (rest,) = all_of(name)
    return rest


def environment() -> dict[str, str]:
    return dict(each.split("=", 1) for each in shlex.split(" ".join(all_of("ENV"))))


@pytest.fixture(scope="module")
def service() -> dict[str, Any]:
    composed = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
    assert set(composed) == {"services", "volumes"}
    (service,) = composed["services"].values()
    assert set(composed["volumes"]) == {volume.split(":")[0] for volume in service["volumes"]}
    return dict(service)


def passes_dockerignore(path: str) -> bool:
    is_left_out = False
    for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#") and fnmatch(path, line.lstrip("!")):
            is_left_out = not line.startswith("!")
    return not is_left_out


def test_every_path_that_is_copied_is_there_and_is_all_that_a_build_is_sent() -> None:
    copied = [path for rest in all_of("COPY") for path in rest.split()[:-1]]

    assert {"pyproject.toml", "README.md", "LICENSE", "index", "rag", "ui", "evals"} == set(copied)
    for path in copied:
        assert (ROOT / path).exists(), path
        assert passes_dockerignore(path), path
    for other in ("tests", "docs", ".git", ".venv", "users", ".env", "my-store"):
        assert not passes_dockerignore(other), other


def test_torch_is_installed_first_and_within_the_range_of_the_project() -> None:
    pinned = re.search(r'"(torch[^"]*)"', (ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert pinned

    installed = [rest for rest in all_of("RUN") if "pip install" in rest]

    assert shlex.split(installed[0])[-1] == pinned[1]
    assert shlex.split(installed[1])[-1] == ".[tracing]"
    assert len(installed) == 2


def test_the_variables_are_settings_and_no_library_sends_anything(service: dict[str, Any]) -> None:
    settings = {f"NEWSCITE_{name.upper()}": name for name in Settings.model_fields}
    set_in_image = environment()

    ours = {name: value for name, value in set_in_image.items() if name.startswith("NEWSCITE_")}
    assert {name: value for name, value in set_in_image.items() if name not in ours} == LIBRARIES
    assert set(ours) | set(service["environment"]) <= set(settings)
    Settings.model_validate({settings[name]: value for name, value in ours.items()})


def test_the_command_is_one_that_newscite_has(service: dict[str, Any]) -> None:
    entry = yaml.safe_load(only("ENTRYPOINT"))
    assert entry == ["newscite"]

    for command in (yaml.safe_load(only("CMD")), service["command"]):
        group = typer.main.get_command(cli.app)
        with group.make_context("newscite", list(command)) as context:
            name, found, rest = group.resolve_command(context, list(command))  # type: ignore[attr-defined]
            assert name == "serve"
            with found.make_context(name, rest) as given:
                assert given.params["host"] == "0.0.0.0"
                assert given.params["port"] is None


def test_port_and_volume_are_the_same_everywhere(service: dict[str, Any]) -> None:
    port = Settings().port
    assert environment()["NEWSCITE_PORT"] == only("EXPOSE") == str(port)
    assert service["ports"] == [f"127.0.0.1:{port}:{port}"]
    assert "/healthz" in only("HEALTHCHECK")
    assert ":${NEWSCITE_PORT}/" in only("HEALTHCHECK")
    volume = only("VOLUME")
    assert service["volumes"] == [f"store:{volume}"]
    for name in ("NEWSCITE_STORE", "HF_HOME"):
        assert Path(volume) in Path(environment()[name]).parents


def test_it_runs_as_nobody_in_particular_and_may_do_little(service: dict[str, Any]) -> None:
    names = [name for name, _ in dockerfile()]
    assert only("USER") == "newscite"
    assert names.index("USER") > max(at for at, name in enumerate(names) if name in ("RUN", "COPY"))
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert not {"privileged", "cap_add", "network_mode", "pid"} & set(service)


def test_nothing_starts_without_a_token(service: dict[str, Any]) -> None:
    assert re.fullmatch(r"\$\{NEWSCITE_TOKEN:\?[^}]+\}", service["environment"]["NEWSCITE_TOKEN"])
    assert "NEWSCITE_TOKEN" not in environment()


def test_the_health_check_is_a_line_of_python_that_runs() -> None:
    told = re.search(r'CMD python -c "(.*)"$', only("HEALTHCHECK"))
    assert told
    code = told[1].replace("${NEWSCITE_PORT}", "1")

    with pytest.raises(OSError, match="refused"):
        exec(compile(code, "Dockerfile", "exec"), {})

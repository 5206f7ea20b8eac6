"""Users of the service, who show a name and password: the file that lists them, and what a guesser gets."""

import asyncio
import base64
import io
import json
import os
import pty
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from gradio_warnings import GRADIO_WARNINGS
from service_server import QUESTION, TOKEN, free_port, serving

from index.errors import InputError
from rag import Pipeline, Settings
from ui.service.buckets import Buckets
from ui.service.server import check_bind
from ui.service.users import Doorkeeper, TriedTooOften, Users, read_users, user_line

pytestmark = GRADIO_WARNINGS

NAME, PASSWORD = "marta", "ein Käse, bitte"
OTHER, OTHERS = "björn", "something: with colon"
ANSWER = {"question": QUESTION}


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("users") / "users"
    file.write_text(f"{user_line(NAME, PASSWORD)}\n\n{user_line(OTHER, OTHERS)}\n", encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def address(sample_pipeline: Pipeline, file: Path) -> Iterator[str]:
    with serving(sample_pipeline, host="0.0.0.0", users=file) as (address, _):
        yield address


def basic(name: str, password: str) -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()}


def test_a_listed_user_is_let_in_and_nobody_else(address: str) -> None:
    with httpx.Client(base_url=address, timeout=30) as client:
        for path in ("/", "/v1/models", "/metrics"):
            for name, password in ((NAME, PASSWORD), (OTHER, OTHERS)):
                assert client.get(path, headers=basic(name, password)).status_code == 200, (path, name)
            for name, password in ((NAME, OTHERS), (OTHER, ""), ("nobody", PASSWORD), ("", ""), (NAME, "x")):
                assert client.get(path, headers=basic(name, password)).status_code == 401, (path, name)
            for shown in (f"Bearer {PASSWORD}", f"Bearer {NAME}:{PASSWORD}", "Basic %", "Basic", ""):
                refused = client.get(path, headers={b"Authorization": shown.encode()})
                assert refused.status_code == 401, (path, shown)
        refused = client.post("/v1/answer", json=ANSWER)
        assert refused.headers["www-authenticate"].startswith("Basic")
        assert refused.json()["error"]["message"] == "show a user's name and password as HTTP Basic"
        answered = client.post("/v1/answer", json=ANSWER, headers=basic(NAME, PASSWORD))
        assert answered.json()["status"] == "answered"
        assert client.get("/healthz").status_code == 200


def test_an_accent_may_be_spelled_in_two_ways(address: str) -> None:
    decomposed = PASSWORD.replace("ä", "a\N{COMBINING DIAERESIS}")

    assert httpx.get(f"{address}/v1/models", headers=basic(NAME, decomposed)).status_code == 200


def test_the_token_lets_in_beside_the_users(sample_pipeline: Pipeline, file: Path) -> None:
    with (
        serving(sample_pipeline, token=TOKEN, users=file) as (address, _),
        httpx.Client(base_url=address) as client,
    ):
        for headers in ({"Authorization": f"Bearer {TOKEN}"}, basic("any", TOKEN), basic(NAME, PASSWORD)):
            assert client.get("/v1/models", headers=headers).status_code == 200
        refused = client.get("/v1/models", headers=basic(NAME, "wrong password"))
        assert (refused.status_code, refused.headers["www-authenticate"]) == (401, "Bearer")
        assert "or the service's token as Authorization: Bearer" in refused.json()["error"]["message"]


def test_who_guesses_is_sent_away_and_users_who_are_in_go_on(sample_pipeline: Pipeline, file: Path) -> None:
    with (
        serving(sample_pipeline, rate=5, users=file) as (address, _),
        httpx.Client(base_url=address, timeout=30) as client,
    ):
        assert client.get("/", headers=basic(NAME, PASSWORD)).status_code == 200
        tried = [client.get("/", headers=basic(NAME, f"guess {number}")) for number in range(6)]
        assert [response.status_code for response in tried[:4]] == [401] * 4
        refused = tried[-1]
        assert refused.status_code == 429
        assert 0 < int(refused.headers["retry-after"]) <= 60
        assert "too many tries at a password" in refused.json()["error"]["message"]
        assert client.get("/", headers=basic(OTHER, OTHERS)).status_code == 429  # from the same address
        assert client.get("/", headers=basic(NAME, PASSWORD)).status_code == 200


def test_where_any_number_of_requests_is_taken_guesses_still_have_their_limit(
    sample_pipeline: Pipeline, file: Path
) -> None:
    with (
        serving(sample_pipeline, rate=0, users=file) as (address, _),
        httpx.Client(base_url=address, timeout=60) as client,
        ThreadPoolExecutor(60) as guessers,
    ):
        guesses = [
            guessers.submit(client.get, "/v1/models", headers=basic(NAME, str(number)))
            for number in range(60)
        ]
        began = time.perf_counter()
        assert client.get("/healthz").status_code == 200  # while passwords are checked
        assert time.perf_counter() - began < 5
        statuses = [guess.result().status_code for guess in guesses]
    assert set(statuses) == {401, 429}
    assert statuses.count(429) > 10


def test_all_files_of_a_page_cost_one_check() -> None:
    checked: list[str] = []

    class Counting(Users):
        def know(self, name: str, password: str) -> bool:
            checked.append(name)
            return super().know(name, password)

    async def ask() -> tuple[list[bool], list[bool]]:
        doorkeeper = Doorkeeper(Counting({}), Buckets(rate=1))
        at_once = await asyncio.gather(*(doorkeeper.knows(b"a:b", "here") for _ in range(30)))
        with pytest.raises(TriedTooOften) as refused:
            await doorkeeper.knows(b"a:c", "here")
        assert 0 < refused.value.wait <= 60
        return at_once, [await doorkeeper.knows(b"a:b", "elsewhere")]

    assert asyncio.run(ask()) == ([False] * 30, [False])
    assert checked == ["a", "a"]  # only what was right is remembered


def test_who_leaves_while_a_password_is_checked_leaves_it_to_the_others(file: Path) -> None:
    async def ask() -> bool:
        doorkeeper = Doorkeeper(read_users(file), Buckets(rate=9))
        given = f"{NAME}:{PASSWORD}".encode()
        first, second = (asyncio.create_task(doorkeeper.knows(given, "here")) for _ in range(2))
        await asyncio.sleep(0.01)
        first.cancel()
        return await second

    assert asyncio.run(ask())


def test_an_unknown_name_takes_as_long_as_a_wrong_password(file: Path) -> None:
    users = read_users(file)

    def seconds(name: str) -> float:
        took = []
        for _ in range(5):
            began = time.thread_time()
            assert not users.know(name, "wrong")
            took.append(time.thread_time() - began)
        return min(took)

    assert seconds("nobody") == pytest.approx(seconds(NAME), rel=0.5)
    assert seconds(NAME) > 0.02


def test_the_log_has_neither_names_nor_passwords(address: str, caplog: pytest.LogCaptureFixture) -> None:
    with httpx.Client(base_url=address) as client, caplog.at_level("DEBUG"):
        for password in (PASSWORD, "not the password"):
            client.post("/v1/search", json=ANSWER, headers=basic(NAME, password))
    lines = [json.loads(line.message) for line in caplog.records if line.name == "newscite.service"]
    assert [line["status"] for line in lines] == [200, 401]
    ours = "\n".join(line.getMessage() for line in caplog.records if line.name.startswith("newscite"))
    for secret in (NAME, PASSWORD, "not the password", basic(NAME, PASSWORD)["Authorization"][6:]):
        assert secret not in ours


GOOD = "scrypt$16384$8$5$" + base64.b64encode(bytes(16)).decode() + "$" + base64.b64encode(bytes(32)).decode()


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "there is no user in {file}"),
        ("\n \n", "there is no user in {file}"),
        ("marta", "{file}, line 1, is no user"),
        (f"a:{GOOD}\n\nmarta:plain password", "{file}, line 3, is no user"),
        (f":{GOOD}", "{file}, line 1, is no user"),
        (f"a b:{GOOD}", "{file}, line 1, is no user"),
        (f"a:{GOOD}\na:{GOOD}", "{file}, line 2, has a name that stands there before"),
        (f"a:{GOOD[:-9]}", "{file}, line 1, is no user"),
        (f"a:{GOOD.replace('16384', '16383')}", "{file}, line 1, is no user"),
        (f"a:{GOOD.replace('16384', '4194304')}", "{file}, line 1, is no user"),
        (f"a:{GOOD.replace('$8$', '$1$')}", "{file}, line 1, is no user"),
        (f"a:{GOOD.replace('$5$', '$0$')}", "{file}, line 1, is no user"),
        (f"a:{GOOD.replace('$5$', '$' + '9' * 5000 + '$')}", "{file}, line 1, is no user"),
        (f"a:{GOOD.replace('scrypt', 'md5')}", "{file}, line 1, is no user"),
    ],
)
def test_a_file_that_lists_no_users_is_one_clear_line(tmp_path: Path, text: str, problem: str) -> None:
    file = tmp_path / "users"
    file.write_text(text, encoding="utf-8")

    with pytest.raises(InputError) as refused:
        check_bind(Settings(host="0.0.0.0", port=free_port(), users=file))

    assert str(refused.value).startswith(problem.format(file=file))
    assert "\n" not in str(refused.value)
    assert "plain password" not in str(refused.value)


def test_a_file_that_is_not_there_or_not_text_is_one_clear_line(
    tmp_path: Path, newscite: Callable[..., tuple[int, str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "binary").write_bytes(b"\xff\xfe\x00")
    for name, why in (
        ("missing", "No such file or directory"),
        ("binary", "not UTF-8"),
        (".", "Is a directory"),
    ):
        monkeypatch.setenv("NEWSCITE_USERS", str(tmp_path / name))
        status, printed, line = newscite("serve", "--host", "0.0.0.0", "--store", tmp_path / "none")
        assert (status, printed) == (1, "")
        assert line.startswith(f"newscite: the users in {tmp_path / name} can't be read ({why})")
        assert line.count("\n") == 1
    assert not (tmp_path / "none").exists()


def test_with_users_other_machines_may_be_served(file: Path) -> None:
    check_bind(Settings(host="0.0.0.0", port=free_port(), users=file))


def test_the_command_prints_the_line_of_a_password_on_standard_input(
    newscite: Callable[..., tuple[int, str, str]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("a good password\r\n"))
    status, printed, errors = newscite("user", NAME)

    assert (status, errors) == (0, "")
    assert "a good password" not in printed
    file = tmp_path / "users"
    file.write_text(printed, encoding="utf-8")
    assert read_users(file).know(NAME, "a good password")
    assert not read_users(file).know(NAME, "a good password ")


@pytest.mark.parametrize(
    ("name", "password", "problem"),
    [
        ("a:b", "long enough", "'a:b' can't be a user's name"),
        ("", "long enough", "'' can't be a user's name"),
        ("a", "short", "the password must have 8 visible characters"),
        ("a", "", "the password must have 8 visible characters"),
        ("a", "long enough \udcff", "the password must have 8 visible characters"),
    ],
)
def test_a_user_that_could_not_get_in_is_not_made(
    newscite: Callable[..., tuple[int, str, str]],
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    password: str,
    problem: str,
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(password))

    status, printed, line = newscite("user", name)

    assert (status, printed) == (1, "")
    assert line.startswith(f"newscite: {problem}")


@pytest.mark.slow
def test_at_a_terminal_the_password_is_asked_for_twice_and_not_shown(tmp_path: Path) -> None:
    ours, its = pty.openpty()
    command = [sys.executable, "-c", "from ui.cli import main; main()", "user", NAME]
    with subprocess.Popen(
        command, stdin=its, stdout=subprocess.PIPE, stderr=its, start_new_session=True
    ) as process:
        os.close(its)
        shown = b""
        for prompt in (b"Password: ", b"confirmation: "):
            while prompt not in shown:
                shown += os.read(ours, 1000)
            time.sleep(0.2)  # until what is typed is no longer shown
            os.write(ours, b"a good password\n")
        printed = process.communicate(timeout=60)[0]
    os.close(ours)

    assert b"good" not in shown
    file = tmp_path / "users"
    file.write_bytes(printed)
    assert read_users(file).know(NAME, "a good password")

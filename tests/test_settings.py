"""Settings come from the environment that is passed in, and unknown ones name themselves."""

from pathlib import Path

import pytest

from index.errors import InputError
from rag.settings import Settings, read_settings


def test_reads_what_is_set_and_leaves_the_rest() -> None:
    settings = read_settings({"NEWSCITE_STORE": "/tmp/x", "NEWSCITE_MAX_FILE_MB": "7", "HOME": "/h"})

    assert settings.store == Path("/tmp/x")
    assert settings.max_file_mb == 7
    assert not settings.has_chat_model


def test_an_unknown_setting_names_itself_and_those_there_are() -> None:
    with pytest.raises(InputError, match=r"unknown setting NEWSCITE_STORES: .*NEWSCITE_STORE\b"):
        read_settings({"NEWSCITE_STORES": "/tmp/x"})


def test_a_bad_value_names_the_setting() -> None:
    with pytest.raises(InputError, match="NEWSCITE_CHAT_TIMEOUT='soon' is not usable"):
        read_settings({"NEWSCITE_CHAT_TIMEOUT": "soon"})


def test_a_key_is_not_shown() -> None:
    assert "s3cret" not in repr(read_settings({"NEWSCITE_CHAT_KEY": "s3cret"}))


def test_only_the_environment_passed_in_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSCITE_CHAT_URL", "http://127.0.0.1:1/v1")

    assert not read_settings({}).has_chat_model
    assert not Settings().has_chat_model


def test_an_empty_value_is_none() -> None:
    settings = read_settings({"NEWSCITE_STORE": "", "NEWSCITE_CHAT_TIMEOUT": ""})

    assert settings.store == Settings().store
    assert settings.chat_timeout == Settings().chat_timeout

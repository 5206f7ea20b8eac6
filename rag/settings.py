"""What can be set: read once at the edge, from `NEWSCITE_…` in the environment, then passed in."""

import os
from collections.abc import Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError

from index.errors import InputError
from index.store import default_store

_PREFIX = "NEWSCITE_"


class Settings(BaseModel):
    """Every setting; its environment variable is `NEWSCITE_` and the name in capitals."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    store: Path = Field(default_factory=default_store, description="the folder of the store")
    embedding_model: str = Field(
        "", description="a sentence-transformers name or folder; empty: the shipped one"
    )
    reranker: str = Field(
        "", description="a CrossEncoder's name or folder, to score sentences with beside words and vectors"
    )
    chat_model: str = Field(
        "",
        description="a LangChain init_chat_model name, or local for a small one on this machine; empty: "
        "answer without one",
    )
    chat_url: str = Field("", description="an OpenAI-compatible server, as http://127.0.0.1:8080/v1")
    chat_key: SecretStr = Field(SecretStr(""), description="the key of that server, if it wants one")
    chat_timeout: float = Field(60.0, gt=0, description="seconds to wait for the chat model's answer")
    chat_budget: int = Field(
        3000, gt=0, description="tokens of the sentences put before the chat model, at four characters each"
    )
    chat_max_tokens: int = Field(500, gt=0, description="tokens that the chat model may write")
    chat_retries: int = Field(
        2, ge=0, description="times an overloaded or unreachable chat model is asked again"
    )
    nli_model: str = Field(
        "", description="a CrossEncoder's name or folder that judges entailment; empty: rules alone"
    )
    max_file_mb: int = Field(100, gt=0, description="files larger than this many MiB are skipped")
    host: str = Field("127.0.0.1", description="the address the service listens on")
    port: int = Field(7860, ge=1, le=65535, description="the port the service listens on")
    token: SecretStr = Field(
        SecretStr(""), description="what whoever asks the service must show; empty: nothing, on this machine"
    )
    users: Path | None = Field(
        None, description="a file of users who may ask the service by name and password"
    )
    simultaneous: int = Field(20, gt=0, description="questions the service works on at once; others wait")
    answer_timeout: float = Field(
        120.0, gt=0, description="seconds after which the service gives a question up"
    )
    rate: int = Field(
        120, ge=0, description="requests a minute the service takes from one address; 0: any number"
    )
    max_request_kb: int = Field(1024, gt=0, description="requests larger than this many KiB are refused")

    @property
    def has_chat_model(self) -> bool:
        """True if answers are to be written by a chat model."""
        return bool(self.chat_model or self.chat_url)


def read_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings from the environment; an empty value is none. Raises InputError on an unknown name or a
    bad value."""
    known = {f"{_PREFIX}{name.upper()}" for name in Settings.model_fields}
    for name in environment:
        if name.startswith(_PREFIX) and name not in known:
            raise InputError(f"unknown setting {name}: the settings are {', '.join(sorted(known))}")
    given = {
        name[len(_PREFIX) :].lower(): value for name in sorted(known) if (value := environment.get(name))
    }
    try:
        return Settings.model_validate(given)
    except ValidationError as error:
        first = error.errors()[0]
        name = f"{_PREFIX}{str(first['loc'][0]).upper()}"
        raise InputError(f"setting {name}={first['input']!r} is not usable: {first['msg']}") from error

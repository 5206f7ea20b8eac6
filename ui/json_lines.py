"""What scripts read: JSON, one line a result, on stdout."""

import json
import sys
from typing import Any

import typer


def print_json(fields: dict[str, Any]) -> None:
    """Print `fields` as one line of JSON; where the encoding lacks its letters, they are escaped."""
    line = json.dumps(fields, ensure_ascii=False)
    try:
        line.encode(sys.stdout.encoding or "utf-8")  # a replaced stdout may have none
    except UnicodeEncodeError:
        line = json.dumps(fields)
    typer.echo(line)

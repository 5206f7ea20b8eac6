"""What scripts read: JSON, one line a result, on stdout and over HTTP."""

import json
import sys
from typing import Any

import typer


def print_json(fields: dict[str, Any]) -> None:
    """Print `fields` as one line of JSON."""
    typer.echo(json_line(fields, sys.stdout.encoding or "utf-8"))  # a replaced stdout may have none


def json_line(fields: dict[str, Any], encoding: str = "utf-8") -> str:
    """`fields` as one line of JSON; where `encoding` lacks its letters, they are escaped."""
    line = json.dumps(fields, ensure_ascii=False)
    try:
        line.encode(encoding)
    except UnicodeEncodeError:
        return json.dumps(fields)
    return line

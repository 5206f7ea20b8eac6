"""A system behind an HTTP address: what it is sent, and what is made of its replies."""

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from test_eval_run import FLOOD, QUESTIONS, STRIKE, dataset, values

from evals.run import Options, evaluate
from evals.systems import Quoted, Said, load_system
from evals.systems.remote import remote
from index.errors import InputError
from index.schema import Filter
from rag.schema import Turn

Replies = Callable[[Mapping[str, Any]], object]


@contextmanager
def behind_http(replies: Replies) -> Iterator[str]:
    """The address of a system that replies with what `replies` makes of the JSON it is sent."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:  # the standard library's name
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            body = json.dumps(replies(asked)).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/answer"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_question_history_and_filter_are_sent_and_the_reply_is_read() -> None:
    sent: list[Mapping[str, Any]] = []

    def replies(asked: Mapping[str, Any]) -> object:
        sent.append(asked)
        return {
            "text": "Two metres. [1]",
            "citations": [{"quote": "rose by two metres", "source": "flood.txt"}],
            "confidence": 0.7,
            "sentences": [{"text": "Two metres.", "citations": [1]}],
        }

    with behind_http(replies) as address, remote(address)([FLOOD, STRIKE]) as system:
        reply = system.answer(
            "How far?",
            history=[Turn("What rose?", "The river.")],
            filter=Filter(outlet="Post", since="2031-01-02"),
        )

    assert sent == [
        {
            "question": "How far?",
            "history": [{"question": "What rose?", "answer": "The river."}],
            "outlet": ["Post"],
            "since": "2031-01-02",
        }
    ]
    start = FLOOD.text.index("rose by")
    assert reply.citations == (Quoted(FLOOD.id, start, start + 18, "rose by two metres"),)
    assert (reply.text, reply.confidence, reply.status) == ("Two metres. [1]", 0.7, "answered")
    assert reply.sentences == (Said("Two metres.", (0,)),)


@pytest.mark.parametrize(
    ("citation", "read"),
    [
        ({"article_id": FLOOD.id, "start": 0, "end": 3, "quote": "The"}, Quoted(FLOOD.id, 0, 3, "The")),
        ({"title": FLOOD.title, "quote": "The river"}, Quoted(FLOOD.id, 0, 9, "The river")),
        ({"title": FLOOD.title, "quote": "The sea"}, Quoted(FLOOD.id, -1, -1, "The sea")),
        ({"title": "Nothing of ours", "quote": "The river"}, Quoted("", -1, -1, "The river")),
        ({}, Quoted("", -1, -1, "")),
    ],
)
def test_what_a_citation_names(citation: Mapping[str, Any], read: Quoted) -> None:
    with (
        behind_http(lambda _: {"text": "So.", "citations": [citation]}) as address,
        remote(address)([FLOOD]) as system,
    ):
        assert system.answer("How far?").citations == (read,)


@pytest.mark.parametrize("reply", [["text"], {}, {"text": 3}, {"text": "So.", "citations": ["1"]}])
def test_another_form_is_one_line_with_the_remedy(reply: object) -> None:
    with (
        behind_http(lambda _: reply) as address,
        remote(address)([FLOOD]) as system,
        pytest.raises(InputError, match=r"evals/systems/remote\.py"),
    ):
        system.answer("How far?")


def test_an_address_where_nobody_is_is_one_line() -> None:
    with (
        remote("http://127.0.0.1:9/answer")([FLOOD]) as system,
        pytest.raises(InputError, match="gives no reply"),
    ):
        system.answer("How far?")


def test_a_remote_system_is_measured_like_any_other_but_not_over_fewer_articles() -> None:
    gold = {question.text: question.gold[0] for question in QUESTIONS}

    def replies(asked: Mapping[str, Any]) -> object:
        span = gold[asked["question"]]
        if span.article == STRIKE:
            return {"text": "I made this up.", "citations": [{"source": "strike.txt", "quote": "more pay"}]}
        return {"text": span.text, "citations": [{"source": span.article.source, "quote": span.text}]}

    with behind_http(replies) as address:
        result = evaluate(dataset(), Options(system=address, workers=3))

    got = values(result)
    assert (got["sentence@1"], got["pointer_validity"], got["citation_precision"]) == (0.75, 0.75, 0.75)
    assert (got["Hits@1"], got["abstention_recall"]) == (None, None)


def test_a_reply_that_refuses_is_a_refusal() -> None:
    asked = dataset(replace(QUESTIONS[0], gold=()))
    with behind_http(lambda _: {"text": "Nothing.", "status": "abstained"}) as address:
        got = values(evaluate(asked, Options(system=address)))
    assert got["abstention_recall"] == 1


def test_an_address_is_a_systems_name() -> None:
    with behind_http(lambda _: {"text": "So."}) as address, load_system(address)([FLOOD]) as system:
        assert system.answer("How far?").text == "So."

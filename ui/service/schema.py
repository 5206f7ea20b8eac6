"""What the API takes and gives, for its OpenAPI document. What it gives is what the command line prints."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from rag import Filter, Turn
from ui.service.answers import Asked

_QUESTION = "How many homes lost power in the storm?"
Status = Literal["answered", "partial", "abstained"]
Role = Literal["direct", "evidence", "denied", "unverified", "corrected", "differs"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class EarlierTurn(_Strict):
    """One earlier question of the conversation and its answer."""

    question: str = Field(examples=["Who leads the Velloway ferry company?"])
    answer: str = Field("", description="The answer's text, as far as it is known.")


class Narrowed(_Strict):
    """A question, and which articles may answer it."""

    question: str = Field(description="The question, in any language.", examples=[_QUESTION])
    history: list[EarlierTurn] = Field(
        [], description="The conversation before it, oldest first; a follow-up leans on it."
    )
    outlet: str | list[str] = Field([], description="Only these outlets, by name.")
    since: str = Field(
        "", description="Only articles from this day or moment on (ISO 8601).", examples=["2031-01-01"]
    )
    until: str = Field("", description="Only articles up to this day or moment (ISO 8601).")
    language: str = Field("", description="Only articles in this language (ISO 639-1).", examples=["en"])
    as_of: str = Field(
        "", description="Answer as of this day: nothing later is used, “last week” is counted from it."
    )

    def asked(self) -> Asked:
        """The same in the pipeline's terms. Raises InputError on a bad date."""
        return Asked(
            self.question,
            tuple(Turn(turn.question, turn.answer) for turn in self.history),
            Filter(outlet=self.outlet, since=self.since, until=self.until, language=self.language),
            self.as_of,
        )


class AnswerRequest(Narrowed):
    """A question to answer."""

    stream: bool = Field(False, description="Send the answer as server-sent events, as it comes about.")


class SearchRequest(Narrowed):
    """A question to find passages for."""

    k: int = Field(10, ge=1, le=100, description="How many passages.")


class Provenance(_Strict):
    """Where a passage or quote stands: `text[start:end]` of the article, in Unicode code points."""

    article_id: str
    passage_id: str
    title: str
    outlet: str
    published: str = Field(description="ISO 8601, as precise as the source gave it; empty if unknown.")
    url: str
    source: str
    start: int = Field(ge=0)
    end: int = Field(gt=0)


class HitOut(Provenance):
    """A passage that was found."""

    rank: int = Field(ge=1)
    score: float = Field(ge=0, le=1)
    text: str


class SearchOut(_Strict):
    """The passages most likely to answer, best first."""

    question: str
    hits: list[HitOut]


class DateOut(_Strict):
    """A relative date in a quote, and the days that it means."""

    text: str = Field(examples=["last Saturday"])
    start: str
    end: str


class CitationOut(Provenance):
    """An exact quote and the number that marks it in the answer."""

    marker: int = Field(ge=1)
    origin: str = Field(description="Whose report it is, if not the outlet's own.")
    speaker: str
    stance: str = Field(description="What the quote does to the claim: report, deny, correct it …")
    corrected: str
    quote: str
    dates: list[DateOut]


class SentenceOut(_Strict):
    """A sentence of the answer and the markers of the citations it stands on."""

    text: str
    citations: list[int]
    role: Role


class OriginOut(_Strict):
    """An independent origin that citations go back to."""

    name: str
    side: str
    citations: list[int]


class AnswerOut(_Strict):
    """An answer; `text` holds markers such as [1], each of which has a citation."""

    question: str
    status: Status
    reason: str = Field(description="Why there is no plain answer, in words.")
    text: str
    understood: str = Field(description="The question as it was understood.")
    disputed: bool = Field(description="True if the sources don't agree.")
    sentences: list[SentenceOut]
    citations: list[CitationOut]
    origins: list[OriginOut]
    nearest: HitOut | None = Field(description="The closest passage where there is no answer.")
    confidence: float = Field(ge=0, le=1)
    timings: dict[str, float] = Field(description="Seconds by stage, and tokens where a model wrote.")


class ArticleOut(_Strict):
    """A stored article. What `masks` cover (start, end, reason) is never cited."""

    article_id: str
    source: str
    title: str
    outlet: str
    author: str
    published: str
    modified: str
    language: str
    url: str
    origin: str
    corrected: str
    text: str
    masks: list[tuple[int, int, str]]
    version: int = Field(ge=1)
    versions: int = Field(ge=1)
    replaced: str = Field(description="When another text took this one's place; empty if none did.")


class Problem(_Strict):
    """What went wrong, in one line."""

    message: str


class ErrorOut(_Strict):
    """Every error of the API."""

    error: Problem


class HealthOut(_Strict):
    """The store answers."""

    status: Literal["ok"]


class Part(BaseModel):
    """A piece of a message."""

    type: str
    text: str = ""


class Message(BaseModel):
    """One message of a conversation; other fields are passed over."""

    role: str = Field(examples=["user"])
    content: str | list[Part] | None = Field(None, examples=[_QUESTION])

    @property
    def text(self) -> str:
        """Its text parts, as one."""
        if isinstance(self.content, str):
            return self.content
        return "\n".join(part.text for part in self.content or [] if part.type == "text")


class StreamOptions(BaseModel):
    """What a stream says beside the answer."""

    include_usage: bool = False


class ChatRequest(BaseModel):
    """A request as OpenAI's clients make it; settings of models, such as temperature, are passed over."""

    messages: list[Message] = Field(min_length=1, description="The last user message is the question.")
    model: str = Field("newscite", description="Any name; the service has one.")
    stream: bool | None = False
    stream_options: StreamOptions | None = None

    def asked(self) -> Asked:
        """The last user message as the question, what was said before it as the history."""
        question, turns = "", []
        for message in self.messages:
            if message.role == "user":
                if question:
                    turns.append(Turn(question))
                question = message.text
            elif message.role == "assistant" and question:
                turns.append(Turn(question, message.text))
                question = ""
        return Asked(question, tuple(turns))


class ModelOut(_Strict):
    """A model in OpenAI's terms."""

    id: str
    object: Literal["model"]
    created: int
    owned_by: str


class ModelsOut(_Strict):
    """The models there are."""

    object: Literal["list"]
    data: list[ModelOut]


class ReplyOut(_Strict):
    """The assistant's message."""

    role: Literal["assistant"]
    content: str


class ChoiceOut(_Strict):
    """The one choice there is."""

    index: int
    message: ReplyOut
    finish_reason: Literal["stop"]


class UsageOut(_Strict):
    """Tokens: as the chat model counted them, else estimated at four characters each."""

    prompt_tokens: int
    completion_tokens: int
    total_tokens: int


class ChatOut(_Strict):
    """An answer as OpenAI's clients read it, with its citations beside it."""

    id: str
    object: Literal["chat.completion"]
    created: int
    model: str
    choices: list[ChoiceOut]
    usage: UsageOut
    citations: list[CitationOut]


ERRORS: dict[int | str, dict[str, Any]] = {
    status: {"model": ErrorOut, "description": description}
    for status, description in (
        (400, "The request can't be read."),
        (401, "The token, or a user's name and password, is missing or wrong."),
        (403, "The request comes from another site, or to another host name."),
        (413, "The request is too large."),
        (422, "The question, a filter or the request itself is not usable; the line says what to change."),
        (429, "Too many requests from one address; Retry-After says when to ask again."),
        (500, "Something broke; the service's log says what."),
        (502, "The chat model failed."),
        (503, "The store can't be used now, or too many questions wait."),
        (504, "There was no answer in time."),
    )
}

Version = Annotated[
    int | None, Field(ge=1, description="As it was before a correction; 1 is the first text.")
]

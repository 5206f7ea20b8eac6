"""The article's own text in an HTML page, without the page's furniture.

trafilatura finds the article. Before it looks, the page is relieved of what it takes along or stumbles over:
hidden text, promotion in the midst of the article, embedded posts that look like furniture. Afterwards the
title goes, which the article has as a field.

The figures in the comments are F1 on the 91 pages of `newscite eval article_extraction` without the step,
for .986 with all of them; trafilatura alone gives .965, with `favor_precision` .975. Each step was kept only
if it helped in one half of the pages and did no harm in the other.
"""

import re
from collections.abc import Iterable, Iterator
from copy import deepcopy
from typing import Any

_UNSEEN = frozenset(
    ["a", "button", "head", "noscript", "option", "script", "select", "style", "svg", "template", "textarea"]
)
_INLINE = frozenset(
    [
        *("a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "del", "em", "font", "i", "ins", "mark", "q"),
        *("s", "small", "span", "strong", "sub", "sup", "time", "u", "wbr"),
    ]
)
_HIDING_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|font-size\s*:\s*0(?:\.0*)?\s*(?:px|pt|r?em|%)?\s*(?:;|!|$)",
    re.IGNORECASE,
)
_HIDING_CLASS = re.compile(
    # Hidden on some screens only, as in "hidden lg:block" and "d-none d-md-block", is not hidden.
    r"(?!.*(?::|-(?:sm|md|lg|xl)\b))(?:.*\s)?"
    r"(?:hidden|is-hidden|d-none|sr-only|visually-?hidden|screen-?reader(?:-text|-only)?)(?:$|\s)",
    re.IGNORECASE | re.DOTALL,
)
_FURNITURE = (
    re.compile(  # as a whole word of a class or an id: "Newsletter-title", "relatedLinks", "nrplus-cta"
        r"(?<![^\W_])(?:newsletters?|sign-?up|subscri(?:be|ption)|cta|promos?|pushdown|recirc(?:ulation)?"
        r"|related|recommend(?:ed|ations)|read-?more|more-?stories|most-?(?:read|popular|viewed)|trending"
        r"|outbrain|taboola|sponsored|advert(?:isement|orial)?s?|donat(?:e|ion)"
        r"|relacionad[oa]s?|publicidad|patrocinad[oa]|bolet[ií]n|suscr[ií](?:be|bete|pci[oó]n)"
        r"|m[aá]s-(?:le[ií]d[oa]s|vist[oa]s|noticias)|te-puede-interesar)(?![^\W_])"
        # What a name in the text opens when it is pointed at; the name itself stands in the outer element.
        r"|(?:rollover|tooltip|popover|hover-?card|fly-?out)[\w-]*[_-](?:block|body|box|card|content|text)\b",
        re.IGNORECASE,
    )
)
_OWNER = re.compile(r"©|\(c\)|copyright\b", re.IGNORECASE)
_LARGEST_FURNITURE = 0.2  # of a page's prose; a larger part may be the article, in a wrapper with such a name
_LEAST_PROSE = 100  # characters outside links that must be left on a page; else all of it is hidden at first
_POSTS = ("twitter-", "instagram-media", "bluesky-embed", "tiktok-embed", "fb-post", "mastodon-embed")
_LONGEST_SHORT_TITLE = 3  # words; such a line may be a heading of the article as well
_SHORT_ARTICLE = 500  # characters; a shorter text is compared with that of the page as it is
_SHORTEST_PROSE = 60  # characters
_HEAD_LINES = 4


def article_text(tree: Any, title: str = "") -> str:
    """Find the article's text in a page's lxml `tree`, a line a paragraph; "" where there is none.

    Lines that are the `title`, or the page's only main heading, are left out.
    """
    visible = deepcopy(tree)
    _drop_hidden(visible)
    headings = [_text(heading) for heading in visible.iter("h1")]
    prepared = deepcopy(visible)
    _prepare(prepared)
    text = _extracted(prepared)
    if len(text) < _SHORT_ARTICLE:  # on a page without any names of elements it may be the wrong block
        as_it_is = _extracted(visible)
        text = as_it_is if len(as_it_is) > 1.5 * len(text) else text
    titles = {_words(title), *(map(_words, headings) if len(headings) == 1 else ())} - {""}
    lines = _without_titles([line.rstrip() for line in text.split("\n")], titles)
    sections = {_words(_text(heading)) for heading in visible.iter("h2", "h3", "h4", "h5", "h6")}
    # F1 .985: a last heading leads to another article, and below it may stand the page's owner.
    while lines and (_words(lines[-1]) in sections or _OWNER.match(lines[-1])):
        lines.pop()
    return "\n".join(lines)


def words_outside_links(element: Any) -> int:
    """The length of an element's visible text outside links, in characters."""
    from lxml.etree import iterwalk

    length = 0
    walk = iterwalk(element, events=("start", "end"))
    for event, inner in walk:
        if event == "end":
            length += len((inner.tail or "").strip()) if inner is not element else 0
        elif inner.tag in _UNSEEN:
            walk.skip_subtree()
        else:
            length += len((inner.text or "").strip())
    return length


def _prepare(tree: Any) -> None:
    """Take out and mend what trafilatura stumbles over."""
    _drop_furniture(tree)
    _drop_lists_of_links(tree)
    _open_posts(tree)
    _drop_empty(tree)
    _plain_words(tree)
    _paragraphs_from_divisions(tree)


def _extracted(tree: Any) -> str:
    from trafilatura import bare_extraction

    try:
        found = bare_extraction(
            tree, include_comments=False, include_tables=True, favor_precision=True, with_metadata=False
        )
    except Exception:  # any bytes may be called .html, and one page must not stop the reading
        return ""
    return str(getattr(found, "text", None) or "")


def _without_titles(lines: list[str], titles: set[str]) -> list[str]:
    """F1 .983: no page's marked text has its title. Captions of a page's film repeat it further down."""
    head = next((index for index, line in enumerate(lines) if _is_prose(line)), len(lines))
    return [
        line
        for index, line in enumerate(lines)
        if (words := _words(line)) not in titles
        or (index >= min(head, _HEAD_LINES) and words.count(" ") < _LONGEST_SHORT_TITLE)
    ]


def _is_prose(line: str) -> bool:
    return len(line) >= _SHORTEST_PROSE and line.endswith((".", "。", "؟", "?", "!", "”", '"', "»"))


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _drop_hidden(tree: Any) -> None:
    """Text that a browser doesn't show. A page saved while a dialog was open has its article marked so too:
    what stays is then shown to trafilatura, which would leave it out."""
    prose = words_outside_links(tree)
    for element in tree.xpath("//body//*[@hidden or @aria-hidden='true' or @style or @class]"):
        style = _HIDING_STYLE.search(element.get("style") or "")
        is_hidden = style or "hidden" in element.attrib or _HIDING_CLASS.match(element.get("class") or "")
        if not (is_hidden or element.get("aria-hidden") == "true"):
            continue
        length = words_outside_links(element)
        if prose - length >= _LEAST_PROSE and (is_hidden or length * 2 <= prose):
            prose -= length if _drop(element) else 0
        else:
            for name in ("style", "hidden", "aria-hidden"):
                element.attrib.pop(name, None)


def _drop_furniture(tree: Any) -> None:
    """What stands in the midst of an article under a name that says it is not part of it. F1 .983."""
    prose = words_outside_links(tree)
    for element in _named(tree, ("div", "section", "aside", "span", "ul", "ol", "p", "article")):
        name = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", f"{element.get('class') or ''} {element.get('id') or ''}")
        if _FURNITURE.search(name) and words_outside_links(element) <= prose * _LARGEST_FURNITURE:
            _drop(element)


def _drop_lists_of_links(tree: Any) -> None:
    """Lists of three links and more lead elsewhere. F1 .9857."""
    for element in list(tree.iter("ul", "ol")):
        if len(element.findall("li")) >= 3 and not words_outside_links(element):
            _drop(element)


def _open_posts(tree: Any) -> None:
    """Take names and links off embedded posts and their wrappers, or trafilatura drops them. F1 .984."""
    for post in tree.iter("blockquote"):
        if not any(name in (post.get("class") or "") for name in _POSTS):
            continue
        for link in list(post.iter("a")):
            link.drop_tag()
        for element in [*post.iter(), *_wrappers(post)]:
            for name in ("class", "id", "style"):
                element.attrib.pop(name, None)
            if element.tag in ("figure", "aside"):
                element.tag = "div"


def _wrappers(element: Any) -> Iterator[Any]:
    """The elements around this one that hold hardly anything else."""
    longest = len(_text(element)) * 1.2 + 20
    for around in element.iterancestors():
        if around.tag not in ("div", "figure", "aside", "span") or len(_text(around)) > longest:
            return
        yield around


def _drop_empty(tree: Any) -> None:
    """Elements without content, after which trafilatura loses the rest of a paragraph or heading. F1 .985."""
    for element in reversed(list(tree.iter("div", *(_INLINE - {"br", "wbr"})))):
        if len(element) or (element.text or "").strip():
            continue
        if element.tag == "div" and _parts_words(element):
            element.tag = "br"
            element.attrib.clear()
            element.text = None
        else:
            element.text = " " if element.text else None
            element.drop_tag()


def _parts_words(element: Any) -> bool:
    """True if text stands right before the element and right after it: to a reader it is a line break."""
    before = element.getprevious()
    words = element.getparent().text if before is None else before.tail
    return bool((words or "").strip() and (element.tail or "").strip())


def _plain_words(tree: Any) -> None:
    """Take the names off words within a paragraph: a `<span class="link">` dropped leaves a sentence with a
    hole in it. F1 .9858."""
    for paragraph in tree.iter("p"):
        longest = 0
        for element in _named(paragraph, tuple(_INLINE)):
            longest = longest or len(_text(paragraph)) // 2
            if len(_text(element)) < longest:
                element.attrib.pop("class", None)
                element.attrib.pop("id", None)


def _paragraphs_from_divisions(tree: Any) -> None:
    """Some editors set headings and paragraphs as divisions beside real paragraphs. F1 .985."""
    parents = dict.fromkeys(element.getparent() for element in tree.iter("p"))
    for parent in parents:
        paragraphs = [inner for inner in parent.iterchildren("p") if len(_text(inner)) >= _SHORTEST_PROSE]
        for element in list(parent.iterchildren("div")) if len(paragraphs) >= 2 else []:
            is_line = all(inner.tag in _INLINE for inner in element.iterdescendants())
            if is_line and (text := _text(element)) and words_outside_links(element) * 2 > len(text):
                element.tag = "p"


def _named(tree: Any, tags: Iterable[str]) -> list[Any]:
    return [element for element in tree.iter(*tags) if element.get("class") or element.get("id")]


def _text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def _drop(element: Any) -> bool:
    """Take an element out, keeping what follows it; False if it went with another one already."""
    if element.getparent() is None:
        return False
    element.drop_tree()
    return True

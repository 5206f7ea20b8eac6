"""Who says it and when, in words: "The Harbour Ledger reported on 4 May 2031: “…”"."""

from pathlib import PurePath

from index.schema import Article, Span

# How a quote is introduced: with a date and without one.
_FIRST = {
    "en": ("{who} reported on {when}: “{quote}”", "{who} reported: “{quote}”"),
    "es": ("{who} informó el {when}: «{quote}»", "{who} informó: «{quote}»"),
    "ar": ("ذكر {who} في {when}: «{quote}»", "ذكر {who}: «{quote}»"),
}
# The second quote of one article in a row, and those after it.
_MORE = {
    "en": ("It also wrote: “{quote}”", "It added: “{quote}”"),
    "es": ("También escribió: «{quote}»", "Y añadió: «{quote}»"),
    "ar": ("وأضاف: «{quote}»", "وذكر أيضًا: «{quote}»"),
}
_UNNAMED = {
    "en": ("The article “{title}”", "The article in {file}"),
    "es": ("El artículo «{title}»", "El artículo de {file}"),
    "ar": ("مقال «{title}»", "المقال في {file}"),
}


def introduce(span: Span, language: str, *, already: int = 0) -> str:
    """The span's exact words between quotation marks, and before them who published them and when.

    `language` is the reader's; `already` is how many sentences right before this quoted the same article.
    """
    when = day_in_words(span.article, language)
    if already:
        phrases = _MORE.get(language, _MORE["en"])
        phrase = phrases[min(already, len(phrases)) - 1]
    else:
        dated, undated = _FIRST.get(language, _FIRST["en"])
        phrase = dated if when else undated
    return phrase.format(who=who(span.article, language), when=when, quote=span.text)


def who(article: Article, language: str = "en") -> str:
    """The outlet; where the article does not name one, its headline, or its file."""
    if article.outlet:
        return article.outlet
    by_title, by_file = _UNNAMED.get(language, _UNNAMED["en"])
    if article.title:
        return by_title.format(title=article.title)
    return by_file.format(file=PurePath(article.source).name)


def day_in_words(article: Article, language: str = "en") -> str:
    """The day of publication as "4 May 2031", or nothing where it is not known."""
    if not article.published_at:
        return ""
    from babel.dates import format_date

    pattern = "d 'de' MMMM 'de' y" if language == "es" else "d MMMM y"
    return str(format_date(article.published_at.date(), pattern, locale=language))

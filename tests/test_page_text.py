from lxml import html

from index.sources.html.page_text import article_text, words_outside_links

FERRY = "The ferry company said on Monday that it would stop all crossings until the pier is mended."
MAYOR = "The mayor of Dunmore said that nobody had been hurt, and that the town would pay for the work."
LONG = "Ships of this kind have carried cars and people over the sound for more than sixty years now."
PROSE = f"<p>{FERRY}</p><p>{MAYOR}</p><p>{LONG}</p>"


def text_of(body: str, title: str = "") -> list[str]:
    page = f"<html><body><article>{body}</article></body></html>"
    return article_text(html.document_fromstring(page), title).split("\n")


def test_paragraphs_lists_quotes_and_headings_are_lines_of_their_own() -> None:
    lines = text_of(
        f"<p>{FERRY}<br>Nobody came.</p><h2>What is next?</h2><p>{MAYOR}</p>"
        f"<ul><li>One boat sank.</li><li>Two drifted away.</li></ul>"
        f"<blockquote><p>We were afraid.</p><p>We waited.</p></blockquote><p>{LONG}</p>"
    )
    assert lines == [
        FERRY,
        "Nobody came.",
        "What is next?",
        MAYOR,
        "- One boat sank.",
        "- Two drifted away.",
        "We were afraid.",
        "We waited.",
        LONG,
    ]


def test_a_table_keeps_its_rows_and_entities_are_characters() -> None:
    table = "<table><tr><th>Town</th><th>Boats</th></tr><tr><td>Elmar</td><td>12</td></tr></table>"
    lines = text_of(f"{PROSE}{table}<p>Fish &amp; chips cost &pound;5 &lt;today&gt; in the harbour.</p>")
    assert "| Elmar | 12 |" in lines
    assert lines[-1] == "Fish & chips cost £5 <today> in the harbour."


def test_hidden_text_is_not_the_articles() -> None:
    hidden = [
        '<div style="display: none">{}</div>',
        '<p style="color:red; visibility:hidden">{}</p>',
        '<span style="font-size:0">{}</span>',
        '<p style="font-size: 0px">{}</p>',
        "<p hidden>{}</p>",
        '<p aria-hidden="true">{}</p>',
        '<p class="sr-only">{}</p>',
        '<div class="note hidden"><p>{}</p></div>',
    ]
    secret = "Secret words stand here that no reader of this page has ever seen."
    for form in hidden:
        assert text_of(PROSE + form.format(secret)) == [FERRY, MAYOR, LONG], form


def test_small_print_and_what_is_hidden_on_some_screens_only_is_kept() -> None:
    for form in ('<p style="font-size:0.9em">{}</p>', '<p class="hidden lg:block">{}</p>'):
        assert text_of(PROSE + form.format("The harbour master agreed with them."))[-1].startswith(
            "The harbour"
        )


def test_an_article_that_is_all_hidden_at_first_is_read() -> None:
    assert text_of(f'<div style="visibility:hidden">{PROSE}</div>') == [FERRY, MAYOR, LONG]
    dialog = "<div><p>We and our partners store cookies on your device to show you what you like.</p></div>"
    assert FERRY in text_of(f'<div aria-hidden="true">{PROSE}</div>{dialog}')


def test_promotion_in_the_midst_of_an_article_is_left_out() -> None:
    promotion = "<p>Sign up for the news of the coast each morning.</p>"
    for name in ("newsletter-box", "recircLinks", "article__promo", "te-puede-interesar", "nota-relacionada"):
        page = f'<p>{FERRY}</p><div class="{name}">{promotion}</div><p>{MAYOR}</p><p>{LONG}</p>'
        assert text_of(page) == [FERRY, MAYOR, LONG], name


def test_a_wrapper_named_like_promotion_that_holds_the_article_is_kept() -> None:
    assert text_of(f'<div class="subscription related">{PROSE}</div>') == [FERRY, MAYOR, LONG]


def test_a_list_of_links_only_is_left_out() -> None:
    links = "".join(f'<li><a href="/{n}">Another story of the day, number {n}</a></li>' for n in range(4))
    more = [
        f"The harbour master counted {n} ferries on the sound that day, and wrote it down." for n in range(9)
    ]
    after = "".join(f"<p>{line}</p>" for line in more)
    assert text_of(f"<p>{FERRY}</p><ul>{links}</ul><p>{MAYOR}</p>{after}") == [FERRY, MAYOR, *more]


def test_a_brief_that_is_small_beside_its_page_and_named_like_promotion_is_found() -> None:
    terms = (
        "<footer>"
        + "Use of this site means that you agree to its terms, whatever these are. " * 40
        + "</footer>"
    )
    assert text_of(f'<div class="donation">{PROSE}</div>{terms}') == [FERRY, MAYOR, LONG]


def test_a_card_that_opens_at_a_name_is_left_out_and_the_name_kept() -> None:
    card = '<span class="tooltip-content">Ana Roa More stories by Ana Roa about ferries and harbours</span>'
    named = f'<p>The captain, <span class="tooltip"><b>Ana Roa</b>{card}</span>, slept as it struck.</p>'
    assert "The captain, Ana Roa, slept as it struck." in text_of(PROSE + named)


def test_words_in_a_sentence_are_not_lost_for_the_name_of_their_element() -> None:
    sentence = '<p>He wrote in May <span class="share-link"><a href="/x">of ferries</a></span> every day.</p>'
    assert "He wrote in May of ferries every day." in text_of(PROSE + sentence)


def test_embedded_posts_are_part_of_the_article() -> None:
    post = (
        '<div class="social-embed"><blockquote class="twitter-tweet"><p>The pier is gone.</p>'
        "— Port of Dunmore (@dunmoreport) <a href='/1'>March 3, 2031</a></blockquote></div>"
    )
    assert "The pier is gone." in text_of(f"<p>{FERRY}</p>{post}<p>{MAYOR}</p><p>{LONG}</p>")


def test_words_after_an_empty_element_are_kept_and_not_run_together() -> None:
    more = f'<p><span id="more-1"></span>{MAYOR}</p><p>{LONG}<div class="break"></div>Nobody came.</p>'
    lines = text_of(f"<p>{FERRY}</p>{more}")
    assert lines == [FERRY, MAYOR, LONG, "Nobody came."]


def test_a_division_among_paragraphs_is_a_paragraph() -> None:
    question = '<div class="subheadline">Who pays for the pier?</div>'
    assert text_of(f"<p>{FERRY}</p>{question}<p>{MAYOR}</p><p>{LONG}</p>")[1] == "Who pays for the pier?"


def test_the_title_and_the_only_main_heading_are_left_out() -> None:
    heading = "<h1>Pier collapses in Dunmore</h1>"
    caption = "<p>Pier collapses in Dunmore</p>"
    assert text_of(f"{heading}<p>{FERRY}</p>{caption}<p>{MAYOR}</p><p>{LONG}</p>") == [FERRY, MAYOR, LONG]
    sections = f"<h1>The pier</h1><p>{FERRY}</p><h1>The town</h1><p>{MAYOR}</p><p>{LONG}</p>"
    assert "The town" in text_of(sections, "Pier collapses in Dunmore")


def test_a_heading_that_heads_nothing_is_left_out() -> None:
    page = f"{PROSE}<h3>Storm breaks the other pier</h3><p>© 2031 Sound Herald</p>"
    assert text_of(page) == [FERRY, MAYOR, LONG]


def test_words_outside_links_counts_no_link_and_no_script() -> None:
    tree = html.fragment_fromstring("<div>one<a>two</a>three<script>four</script><p>five</p></div>")
    assert words_outside_links(tree) == len("onethreefive")


def test_a_page_without_text_has_none() -> None:
    assert article_text(html.document_fromstring("<html><body></body></html>")) == ""

import json

import pytest

from index.schema import Article
from index.sources import html
from index.sources.html.page_fields import language_of

BODY = (
    "<p>The ferry company said on Monday that it would stop all crossings until the pier is mended.</p>"
    "<p>The mayor of Dunmore said that nobody had been hurt, and that the town would pay for the work.</p>"
    "<p>Ships of this kind have carried cars and people over the sound for more than sixty years now.</p>"
)
SPANISH = (
    "<p>La empresa del transbordador anunció el lunes que suspende los viajes hasta reparar el muelle.</p>"
    "<p>La alcaldesa de Puerto Velo dijo que no hubo heridos y que el ayuntamiento pagará las obras.</p>"
    "<p>Los barcos de esta clase llevan coches y pasajeros por la ría desde hace más de sesenta años.</p>"
)
ARABIC = (
    "<p>أعلنت شركة العبارات يوم الاثنين أنها ستوقف جميع الرحلات حتى يتم إصلاح الرصيف في الميناء القديم.</p>"
    "<p>وقالت رئيسة البلدية إن أحدا لم يصب بأذى وإن المدينة ستدفع تكاليف الأعمال خلال الأشهر المقبلة.</p>"
    "<p>وتنقل السفن من هذا النوع السيارات والركاب عبر المضيق منذ أكثر من ستين عاما كما يقول السكان.</p>"
)


def read(head: str = "", top: str = "", body: str = BODY, lang: str = "", address: str = "") -> Article:
    page = f'<html lang="{lang}"><head>{head}</head><body><article>{top}{body}</article></body></html>'
    (article,) = html.read(page.encode(), "/news/pier.html", address)
    return article


def json_ld(**said: object) -> str:
    row = {"@context": "https://schema.org", "@type": "NewsArticle", **said}
    return f'<script type="application/ld+json">{json.dumps(row)}</script>'


def meta(**values: str) -> str:
    return "".join(f'<meta property="{name.replace("__", ":")}" content="{v}">' for name, v in values.items())


def test_an_english_page_with_json_ld_gives_every_field() -> None:
    head = json_ld(
        headline="Pier collapses in Dunmore",
        author=[{"@type": "Person", "name": "By Ana Roa"}, {"@type": "Person", "name": "John Tallis"}],
        publisher={"@type": "NewsMediaOrganization", "name": "Sound Herald"},
        datePublished="2031-03-03T09:30:00+02:00",
        dateModified="2031-03-03T11:00:00+02:00",
        inLanguage="en-GB",
        mainEntityOfPage={"@id": "https://herald.example/2031/pier?utm_source=x&amp;fbclid=1"},
    )
    article = read(head)
    assert article.title == "Pier collapses in Dunmore"
    assert article.author == "Ana Roa, John Tallis"
    assert article.outlet == "Sound Herald"
    assert article.published == "2031-03-03T09:30:00+02:00"
    assert article.modified == "2031-03-03T11:00:00+02:00"
    assert article.language == "en"
    assert article.url == "https://herald.example/2031/pier"


def test_a_spanish_page_without_json_ld_gives_every_field() -> None:
    head = (
        "<title>El muelle de Puerto Velo se hunde | Diario de la Ría</title>"
        + meta(og__site_name="Diario de la Ría", og__locale="es_ES")
        + '<link rel="canonical" href="/2026/01/17/muelle.html">'
    )
    top = (
        "<h1>El muelle de Puerto Velo se hunde</h1>"
        '<p class="firma">Por <a href="/autor/1">Lucía Otero</a></p>'
        '<span class="fecha">17 de enero de 2026 20:37 (hora peninsular)</span>'
        '<span class="fecha">Actualizado: 18 de enero de 2026 08:10 (hora peninsular)</span>'
    )
    article = read(head, top, SPANISH, address="https://ria.example/amp/muelle")
    assert article.title == "El muelle de Puerto Velo se hunde"
    assert article.outlet == "Diario de la Ría"
    assert article.author == "Lucía Otero"
    assert article.published == "2026-01-17T20:37:00+01:00"
    assert article.modified == "2026-01-18T08:10:00+01:00"
    assert article.language == "es"
    assert article.url == "https://ria.example/2026/01/17/muelle.html"


def test_an_arabic_page_without_json_ld_gives_every_field() -> None:
    head = "<title>انهيار رصيف الميناء - صحيفة المضيق</title>" + meta(og__site_name="صحيفة المضيق")
    top = (
        '<h1>انهيار رصيف الميناء</h1><div class="byline">بقلم: ليلى منصور</div>'
        '<div class="date">28 رجب 1447 هـ - السبت 17 يناير 2026</div>'
    )
    article = read(head, top, ARABIC, lang="ar")
    assert article.title == "انهيار رصيف الميناء"
    assert article.outlet == "صحيفة المضيق"
    assert article.author == "ليلى منصور"
    assert article.published == "2026-01-17"
    assert article.language == "ar"


def test_microdata_is_read() -> None:
    page = (
        '<div itemscope itemtype="https://schema.org/NewsArticle"><h2 itemprop="headline">Pier collapses</h2>'
        '<span itemprop="author" itemscope><b itemprop="name">Ana Roa</b></span>'
        '<time itemprop="datePublished" datetime="2031-03-03T09:30:00Z">today</time>'
        '<meta itemprop="dateModified" content="2031-03-04T10:00:00Z">'
        '<span itemprop="publisher" itemscope><meta itemprop="name" content="Sound Herald"></span>'
        f"{BODY}</div>"
    )
    article = read(body=page)
    assert (article.title, article.author, article.outlet) == ("Pier collapses", "Ana Roa", "Sound Herald")
    assert article.published == "2031-03-03T09:30:00+00:00"
    assert article.modified == "2031-03-04T10:00:00+00:00"


def test_the_headline_a_reader_sees_goes_before_one_cut_short_for_machines() -> None:
    head = (
        json_ld(headline="Pier collapses in Dunmore, and nobody knows when") + "<title>Pier | Herald</title>"
    )
    whole = "Pier collapses in Dunmore, and nobody knows when the ferries will run again"
    assert read(head, f"<h1>{whole}</h1>").title == whole


def test_the_name_of_the_site_in_the_largest_heading_is_no_title() -> None:
    head = meta(og__title="Pier collapses in Dunmore", og__site_name="Sound Herald")
    assert read(head, "<h1>Sound Herald</h1>").title == "Pier collapses in Dunmore"


def test_an_agency_named_as_publisher_is_not_the_outlet_if_the_page_says_otherwise() -> None:
    head = (
        json_ld(headline="Pier", publisher={"name": "Coastal Wire"})
        + meta(og__site_name="Dunmore Courier")
        + "<title>Pier collapses - Dunmore Courier</title>"
    )
    assert read(head).outlet == "Dunmore Courier"


def test_the_end_of_a_title_names_the_outlet_where_the_address_bears_it_out() -> None:
    head = "<title>Pier collapses | The Sound Herald</title>"
    assert read(head, address="https://www.soundherald.example/pier").outlet == "The Sound Herald"
    assert read(head, address="https://dunmore.example/pier").outlet == ""


def test_a_slogan_is_no_part_of_an_outlets_name() -> None:
    assert read(meta(og__site_name="Sound Herald | News of the coast")).outlet == "Sound Herald"


@pytest.mark.parametrize(
    "author",
    [
        "https://herald.example/ana",
        "news@herald.example",
        "Sound Herald",
        "Staff Reports",
        "AFP",
        "CWN",
        "admin",
    ],
)
def test_what_is_no_person_is_no_author(author: str) -> None:
    head = json_ld(headline="Pier", author=author, publisher={"name": "Sound Herald"})
    assert read(head).author == ""


def test_an_organisation_is_no_author_and_the_byline_is() -> None:
    head = json_ld(headline="Pier", author={"@type": "Organization", "name": "Coastal Group"})
    assert read(head, '<p class="byline">By Ana Roa, Staff Writer</p>').author == "Ana Roa"


def test_a_line_that_reads_as_a_byline_names_the_author() -> None:
    assert (
        read(top="<div class='x1'>Written by <a href='/a'>Ana Roa</a> on March 3, 2031</div>").author
        == "Ana Roa"
    )


def test_the_label_of_a_comment_form_names_nobody() -> None:
    form = '<div id="respond"><span class="author">Name *</span></div>'
    assert read(body=BODY + form).author == ""


def test_of_two_forms_of_a_day_the_one_that_says_more_is_kept() -> None:
    head = json_ld(headline="Pier", datePublished="2031-03-03") + meta(
        article__published_time="2031-03-03T09:30:00-05:00"
    )
    assert read(head).published == "2031-03-03T09:30:00-05:00"
    other = json_ld(headline="Pier", datePublished="2031-03-03") + meta(
        article__published_time="2031-03-04T09:30:00-05:00"
    )
    assert read(other).published == "2031-03-03"


def test_a_change_before_the_publication_is_a_mistake() -> None:
    head = json_ld(datePublished="2031-03-03T09:30:00Z", dateModified="2031-03-02T09:30:00Z")
    assert read(head).modified == ""
    assert (
        read(json_ld(datePublished="2031-03-03T09:30:00Z", dateModified="2031-03-03")).modified
        == "2031-03-03"
    )


def test_the_words_of_an_article_overrule_its_template() -> None:
    assert read(lang="en", body=SPANISH * 2).language == "es"
    assert read(lang="de-DE", body=BODY * 2).language == "en"


def test_a_short_text_keeps_the_declared_language() -> None:
    assert language_of("Nadie vino.", "ca") == "ca"


def test_the_locale_says_the_language_of_a_short_text() -> None:
    assert (
        read(meta(og__locale="pt_BR"), body="<p>Ninguém veio hoje ao porto, diz a câmara.</p>").language
        == "pt"
    )


@pytest.mark.parametrize(
    ("given", "address", "url"),
    [
        ("https://herald.example/", "", ""),
        ("https://herald.example", "https://herald.example/pier", "https://herald.example/pier"),
        ("/2031/pier", "https://herald.example/amp/pier", "https://herald.example/2031/pier"),
        ("//herald.example/pier", "", "https://herald.example/pier"),
        ("/2031/pier", "", ""),
        (
            "https://herald.example/news",
            "https://herald.example/news/pier",
            "https://herald.example/news/pier",
        ),
        ("https://herald.example/pier", "https://herald.example/pier/amp", "https://herald.example/pier"),
        ("https://herald.example/p?id=7&gclid=3#top", "", "https://herald.example/p?id=7"),
        ("javascript:void(0)", "", ""),
    ],
)
def test_the_address_of_a_page_is_whole_and_its_own(given: str, address: str, url: str) -> None:
    assert read(f'<link rel="canonical" href="{given}">', address=address).url == url


def test_a_base_address_is_what_relative_ones_stand_to() -> None:
    head = '<base href="https://herald.example/news/"><link rel="canonical" href="pier">'
    assert read(head).url == "https://herald.example/news/pier"


def test_a_page_built_by_scripts_is_read_from_its_json_ld() -> None:
    body = "\n\n".join(
        f"The harbour of Dunmore has seen {n} storms since the pier was built." for n in range(9)
    )
    page = (
        f"<html><head>{json_ld(headline='Pier', articleBody=body)}</head><body><p>Loading…</p></body></html>"
    )
    (article,) = html.read(page.encode(), "/pier.html")
    assert article.text == body


def test_a_teaser_in_json_ld_is_not_taken_for_the_article() -> None:
    article = read(json_ld(headline="Pier", articleBody="The ferry company said…"))
    assert article.text.count("\n") == 2

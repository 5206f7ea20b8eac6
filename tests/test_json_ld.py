import json

import pytest
from lxml import html

from index.sources.html.json_ld import JsonLd

ARTICLE = {"@type": "NewsArticle", "headline": "Pier collapses", "datePublished": "2031-03-03"}


def about(*scripts: str) -> JsonLd:
    page = "".join(f'<script type="application/ld+json">{script}</script>' for script in scripts)
    return JsonLd.of(html.document_fromstring(f"<html><head>{page}</head><body>x</body></html>"))


@pytest.mark.parametrize(
    "script",
    [
        json.dumps(ARTICLE),
        json.dumps([{"@type": "BreadcrumbList"}, ARTICLE]),
        json.dumps({"@graph": [{"@type": "WebSite"}, {**ARTICLE, "@type": ["Article", "NewsArticle"]}]}),
        json.dumps({**ARTICLE, "@type": "https://schema.org/ReportageNewsArticle"}),
        json.dumps(ARTICLE) + ";",
        "<!-- " + json.dumps(ARTICLE) + " -->",
        "//<![CDATA[\n" + json.dumps(ARTICLE) + "\n//]]>",
        json.dumps(ARTICLE).replace('"2031-03-03"', '"2031-03-03",'),
        json.dumps(ARTICLE).replace("Pier collapses", "Pier collapses\n"),
        json.dumps({**ARTICLE, "name": "x"}).replace('"x"', r'"it\'s"'),
        json.dumps(ARTICLE).replace('"', "&quot;"),
        json.dumps({"@type": "Person"}) + "\n" + json.dumps(ARTICLE),
        json.dumps(ARTICLE)[:-1] + ', "description": "She said "no" to it"}',
    ],
)
def test_an_article_is_found_in_every_form(script: str) -> None:
    said = about("{broken", script).article(["Pier collapses"])
    assert said["headline"].strip() == "Pier collapses"
    assert said["datePublished"] == "2031-03-03"


def test_the_article_is_the_one_that_the_page_is_about() -> None:
    other = {"@type": "NewsArticle", "headline": "Storm breaks the other wall"}
    both = about(json.dumps({"@type": "ItemList", "itemListElement": [other, other]}), json.dumps(ARTICLE))
    assert both.article(["Pier collapses in Dunmore"])["headline"] == "Pier collapses"
    assert both.article([])["headline"] == "Storm breaks the other wall"


def test_a_dated_page_stands_in_where_no_object_is_an_article() -> None:
    assert (
        about('{"@type": "WebPage", "datePublished": "2031-03-03"}').article([])["datePublished"]
        == "2031-03-03"
    )
    assert about('{"@type": "WebPage", "name": "x"}').article([]) == {}


def test_names_are_followed_to_the_object_they_point_at() -> None:
    said = about('{"@graph": [{"@id": "#o", "@type": "Organization", "name": "Sound &amp; Sea"}]}')
    assert said.names({"@id": "#o"}) == ["Sound & Sea"]
    assert said.names([{"name": "Ana Roa"}, "Bo Li", None, {"@id": "#none"}]) == ["Ana Roa", "Bo Li"]
    assert said.kind_of({"@id": "#o"}) == "Organization"


def test_the_site_is_named_only_where_one_is() -> None:
    assert about('{"@type": "WebSite", "name": "Herald"}').site() == "Herald"
    two = about(
        '[{"@type": "WebSite", "name": "Herald"}, {"@type": "Organization", "name": "Coastal Group"}]'
    )
    assert two.site() == ""


def test_nesting_without_end_is_given_up() -> None:
    assert about("[" * 5000, json.dumps(ARTICLE)).article([])["headline"] == "Pier collapses"
    deep = '{"@graph": ' * 40 + json.dumps(ARTICLE) + "}" * 40
    assert about(deep).article([]) == {}

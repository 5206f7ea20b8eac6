import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.clean import boilerplate_masks, lines_of
from index.schema import Article

SENTENCE = "The council voted on Monday to close the old bridge after engineers found cracks in two pillars."
BODY = "\n\n".join([SENTENCE] * 6)
BOILERPLATE = [
    "Advertisement",
    "ADVERTISEMENT",
    "Read more: Council closes bridge",
    "READ MORE: Council closes bridge",
    "Related",
    "Related videos:",
    "Share this article",
    "Facebook Twitter Email",
    "Share",
    "Compartir en Facebook",
    "شارك",
    "مشاركة عبر فيسبوك",
    "(AP Photo/Ariana Cubillos)",
    "The bridge on Monday. (AP Photo/Jane Doe)",
    "Photo: Jane Doe/Getty Images",
    "Foto: EFE",
    "Fotografía: Juan Pérez",
    "تصوير: أحمد علي",
    "Photo © Sora / CiberCuba",
    "Getty Images",
    "The minister (Reference image)",
    "El ministro (Imagen de referencia)",
    "FILE PHOTO: A man walks past the bridge",
    "Filed under: Politics, World",
    "Tags: bridge, council",
    "Etiquetas: puente",
    "الوسوم: جسر",
    "By Jane Doe",
    "By Jane Doe, Staff Writer",
    "Por María López",
    "بقلم: سارة علي",
    "Published: January 17, 2026 8:37 pm EST",
    "17 de enero de 2026 - 20:37",
    "السبت: 17 يناير 2026",
    "Updated 2 hours ago",
    "hace 3 horas",
    "منذ ساعتين",
    "3 min read",
    "Subscribe to our newsletter",
    "Sign up for our daily newsletter and never miss a story.",
    "Suscríbete a nuestro boletín",
    "Síguenos en Twitter",
    "اشترك في نشرتنا البريدية",
    "تابعنا على فيسبوك",
    "Click here to read more",
    "Haga clic aquí para leer más",
    "اضغط هنا",
    "© 2026 The Daily Herald. All rights reserved.",
    "Copyright 2026 Daily Herald",
    "جميع الحقوق محفوظة",
    "Todos los derechos reservados",
    "We use cookies to improve your experience. By continuing you agree.",
    "Este sitio web utiliza cookies para mejorar su experiencia.",
    "نستخدم ملفات تعريف الارتباط لتحسين تجربتك.",
    "Leave a comment",
    "12 Comments",
    "Comentarios",
    "أضف تعليق",
    "Lea también: El puente cierra",
    "Te puede interesar",
    "اقرأ أيضا: إغلاق الجسر",
    "اقرأ أيضًا",
    "شاهد: لحظة إغلاق الجسر",
    "مواضيع قد تعجبك",
    "WATCH — President Trump: Running Venezuela Is America First:",
    "Watch: Bridge closes",
    "You may also like",
    "Home > World > Americas",
    "Skip to content",
    "الرئيسية",
    "Inicio",
    "*",
    "• • •",
    "---",
    "[Read more](https://x.com/a)",
    "![bridge](a.jpg)",
    "https://example.com/a",
    "Follow us on Facebook",
    "Follow @herald on Twitter",
    "Jane Doe is a reporter covering transport for the Herald. Follow her on Twitter @jane.",
    "(Reporting by Jane Doe; Editing by John Roe)",
    "Also read: Cracks found in second bridge",
    "**Related:** [Cracks found](https://x.com)",
    "Story continues below advertisement",
    "Image caption: The bridge",
    "Photograph: Jane Doe/AFP/Getty Images",
    "Download our app",
    "Join our WhatsApp channel for breaking news",
    "Únete a nuestro canal de WhatsApp",
    "This article was originally published on The Conversation.",
    "- [Cracks found](https://x.com/1)",
    "Publicidad",
    "إعلان",
    "Más noticias",
    "Temas relacionados",
    "Contact Jane Doe at jane@herald.com",
    "Recommended for you",
    "Most Read",
    "More from World",
    "Crédito: Reuters",
    "Image: Reuters",
    "Caracas, 17 de enero de 2026 (EFE)",
    "Vídeo: EFE",
    "المصدر: رويترز",
    "A cyclist on the bridge, Jan. 4, 2026. REUTERS/Jane Doe",
    "Jane Doe/AFP via Getty Images",
    "Story by Jane Doe",
    "0 Comments",
    "Support our journalism",
    "Tweet",
    "SHARE THIS:",
    "Share on WhatsApp",
    "Última actualización: 17 de enero de 2026",
    "آخر تحديث: 17 يناير 2026 - 10:30",
    "نشر في: 17 يناير 2026",
    "Print",
    "Save",
    "Listen to this article",
    "Follow CiberCuba on Google News",
    "SEE ALSO: Bridge",
    "»",
    "Noticias relacionadas:",
    "صورة أرشيفية",
    "الجسر (رويترز)",
    "© AFP",
    "Photo by Jane Doe on Unsplash",
    "Video Player is loading.",
    "Sponsored",
    "Top Stories",
    "READ MORE | Cracks found in second bridge",
    "Most viewed in Transport",
    "Quiz: How well do you know our bridges?",
    "Enjoying this story? Support our work from 2 crowns a month.",
    "Turn on notifications to follow this story",
    "This article is for subscribers only.",
    "Para seguir leyendo, suscríbete",
    "¿Te gusta lo que lees? Hazte socio desde 3 coronas al mes.",
    "هل أنت مشترك؟ سجل الدخول",
    "Load more updates",
    "Skip past newsletter promotion",
    "Sign in | Subscribe",
    "Comments are closed on this live blog.",
    "The bridge at dusk. Credit: Jane Doe/The Herald",
    "El puente, el martes. FOTO: JUAN PÉREZ",
    "الجسر مساء الأحد (تصوير: أحمد علي)",
    "Una mujer cruza el puente. / J. PÉREZ",
    "Last updated 3 minutes ago",
    "آخر تحديث: منذ 5 دقائق",
    "**More on this:** [Cracks found](https://x.com/1)",
    "_Published on 2 April 2032 at 09:10_",
    "Jane Doe and John Roe may earn a commission if you buy through our links.",
    "Bet 10 get 30 in free bets. 18+. Terms apply.",
    "(Advertisement continues below. Classified advertisements are on page 14.)",
]
PROSE = [
    "Watch the bridge, he said, and you will see the cracks grow.",
    "The photo shows two cracks in the pillar, the engineer said.",
    "Share prices fell on Monday after the vote.",
    "By Friday, the bridge had been closed to all traffic.",
    "Related companies were not named in the report.",
    "He shared the image on Facebook and Twitter with friends.",
    "Read the report and you will see, the mayor said.",
    "She will follow the case on Twitter, she said.",
    "The newspaper will subscribe to the agency, it said on Friday.",
    "Comment was not immediately available from the ministry.",
    "Advertising revenue fell by 3 percent in January 2026.",
    "On January 17, 2026, the council met again.",
    "Officials said the vote was held (see photo).",
    "Cookies were served to the children at the party.",
    "Follow the money, investigators say.",
    "Los vecinos comparten la noticia con alegría, dijo la alcaldesa.",
    "El alcalde publicó una foto de archivo del puente el lunes.",
    "شاهد عيان قال إن الجسر انهار مساء الاثنين.",
    "صورة الجسر انتشرت على فيسبوك وتويتر يوم الاثنين.",
    "شارك الوزير في الاجتماع يوم الاثنين.",
    "قال الوزير في المصدر نفسه إن الجسر مغلق.",
    "Mira Gómez dijo que el puente era seguro.",
    "The president tweeted: “Sign up for the newsletter”, and hundreds did so.",
    "Jane Doe is a professor of engineering at the state university.",
    "“You should follow him on Twitter,” the mayor said of the engineer.",
    "Correction: An earlier version of this article misstated the number of pillars.",
    "More than 40 people died.",
    "More: he said the bridge was never safe, and that no one had asked.",
    "Click farms in Asia sold likes to the candidate, police said.",
    "Video of the collapse was seen 3 million times.",
    "The AP Photo archive holds 40 images of the bridge.",
    "Support for the bridge fell to 30 percent.",
    "Join the army or go to prison, the judge told him.",
    "Communications despite the sanctions",
    "Breaking the silence, the mayor resigned.",
    "Filed under oath, the statement names three men.",
    "Tags were found on the shoes of the victims.",
    "Two people were hurt, police said. (AP)",
    "The council vote was delayed (Reuters).",
    "Get out of the house, the police told residents by phone alerts.",
    "- Sign up for the evacuation list at the town hall.",
    "Agents may earn a commission of six percent on each sale of a flat.",
    "Vietnam is one of the region's most vocal critics of the plan.",
    "Corbyn, a stolid man, is accused by critics of doing nothing.",
    "Support local farmers, the minister urged.",
    "Residents may write to the mayor at bridge@aldmere.example by Friday.",
    "Analysis: the bridge was never safe, and everyone knew it.",
    "تحرير المدينة من الفيضان استغرق ثلاثة أيام.",
]


def masked(text: str) -> list[str]:
    return [text[mask.start : mask.end] for mask in boilerplate_masks(text)]


def reasons(text: str) -> list[str]:
    return [mask.reason for mask in boilerplate_masks(text)]


@pytest.mark.parametrize("line", BOILERPLATE)
def test_debris_between_paragraphs_is_masked(line: str) -> None:
    assert masked(f"{BODY}\n\n{line}\n\n{SENTENCE}") == [line]


@pytest.mark.parametrize("line", BOILERPLATE)
def test_so_it_is_with_windows_line_ends_and_hard_spaces_around(line: str) -> None:
    assert masked(f"{BODY}\r\n\u00a0 {line} \r\n\r\n{SENTENCE}") == [line]


@pytest.mark.parametrize("line", PROSE)
def test_prose_that_holds_such_words_is_not(line: str) -> None:
    assert masked(f"{BODY}\n\n{line}\n\n{BODY}") == []


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("*", "navigation"),
        ("  • 20:37", "date"),
        ("Share on Facebook", "share"),
        ("(AP Photo/Ariana Cubillos)", "caption"),
        ("Related videos:", "related"),
        ("Filed under: World", "tags"),
        ("Subscribe to our newsletter", "promotion"),
        ("© 2026 Herald", "copyright"),
        ("Advertisement", "advertisement"),
        ("Leave a comment", "comments"),
        ("We use cookies to improve your visit.", "consent"),
        ("By Jane Doe", "byline"),
        ("Follow her on Twitter @jane", "bio"),
    ],
)
def test_a_mask_says_why(line: str, reason: str) -> None:
    assert reasons(f"{BODY}\n\n{line}\n\n{SENTENCE}") == [reason]


def test_the_headlines_under_related_go_with_it_and_the_prose_after_them_stays() -> None:
    text = f"{BODY}\n\nRelated stories\nBridge closes for good\nMayor under fire\n\n{SENTENCE}"
    assert masked(text) == ["Related stories", "Bridge closes for good", "Mayor under fire"]


def test_a_related_heading_above_the_title_takes_nothing_with_it() -> None:
    assert masked(f"Watch live\nBridge closes for good\n\n{BODY}") == ["Watch live"]


def test_tags_and_team_blurb_at_the_end_go_with_filed_under() -> None:
    tail = ["Filed under:", "Herald Editorial Team", "A team of journalists devoted to the news of the town."]
    assert masked("\n\n".join([BODY, *tail])) == tail


def test_filed_under_at_the_head_takes_its_tags_only() -> None:
    assert masked(f"Filed under:\nPolitics\nBridges\n\n{BODY}") == ["Filed under:", "Politics", "Bridges"]


def test_a_bio_is_known_by_its_place_at_the_end() -> None:
    bio = "Jane Doe is a reporter covering transport and lives in Aldmere."
    assert masked(f"{BODY}\n\n{bio}") == [bio]
    assert masked(f"{bio}\n\n{BODY}") == []


def test_a_bio_above_the_prose_is_known_by_its_byline_or_by_whom_it_is_for() -> None:
    named = "Jane Doe grew up beside the bridge and once fell off it."
    assert masked(f"Bridge closed\n\nBy Jane Doe\n{named}\n\n{BODY}") == ["By Jane Doe", named]
    covering = "John Roe covers transport for the Herald."
    assert masked(f"Bridge closed\n\n{covering}\n4 May 2031\n\n{BODY}") == [covering, "4 May 2031"]


def test_an_interview_that_opens_like_a_bio_stays() -> None:
    opening = "Jane Doe is an engineer and writer born in 1958 beside the bridge that she was to close."
    assert masked(f"“I closed it”\n\n4 May 2031\n\n{opening}\n\n{BODY}") == ["4 May 2031"]


def test_names_beside_a_date_are_a_byline_and_the_title_is_not() -> None:
    text = f"Old Bridge Closed For Good\n\nJane Doe and John Roe\n4 May 2031\n\n{BODY}"
    assert masked(text) == ["Jane Doe and John Roe", "4 May 2031"]


def test_links_above_a_title_are_masked_and_the_title_stays() -> None:
    text = f"The Aldmere Post\nToday's paper\nCulture / Books\nOld bridge closed for good on Monday\n\n{BODY}"
    assert masked(text) == ["The Aldmere Post", "Today's paper", "Culture / Books"]


def test_sections_inside_an_article_are_its_headings() -> None:
    assert masked(f"{BODY}\n\nHealth\n\n{BODY}") == []
    assert masked(f"{BODY}\n\nHealth | Sport") == ["Health | Sport"]


def test_lists_and_tables_of_facts_stay() -> None:
    facts = (
        "- Two lanes\n- No lorries\n- The toll is 2 crowns.\n\n| Year | Cars |\n|---|---|\n| 2030 | 9,100 |"
    )
    assert masked(f"{BODY}\n\n{facts}\n\n{BODY}") == []
    figures = "2029  1,204  33\n2030  1,310  35\n2031  1,288  41"
    assert masked(f"{BODY}\n\n{figures}\n\n{BODY}") == []


def test_a_list_at_the_end_stays_and_what_follows_links_below_it_goes() -> None:
    text = f"{BODY}\n\nThe toll\n\nCars: two crowns\nLorries: six crowns\n\nTags: bridge\n\nThe mayor in love"
    assert masked(text) == ["Tags: bridge", "The mayor in love"]


def test_a_newsletters_form_goes_as_a_whole() -> None:
    form = ["Sign up for the Briefing", "The stories that matter, at 7am.", "Enter your email address"]
    assert masked("\n\n".join([BODY, "\n".join(form), SENTENCE])) == form


def test_captions_that_only_the_page_shows_to_be_captions() -> None:
    markdown = f"{BODY}\n\n![Bridge](a.jpg)\n*A man mends the bridge.*\n\n{SENTENCE}"
    assert masked(markdown) == ["![Bridge](a.jpg)", "*A man mends the bridge.*"]
    control = f"{BODY}\n\nView image in fullscreen\nA man mends the bridge.\n\n{SENTENCE}"
    assert masked(control) == ["View image in fullscreen", "A man mends the bridge."]
    assert masked(f"{BODY}\n\nA man mends the bridge.\n\n{SENTENCE}") == []


def test_the_title_is_never_masked() -> None:
    assert boilerplate_masks(f"Watch: Bridge falls\n\n{BODY}", title="Watch: Bridge falls") == ()


def test_code_in_markdown_is_masked_and_an_unclosed_fence_is_not() -> None:
    code = "```python\nprint('Rain fell on the town.')\n```"
    assert masked(f"{BODY}\n\n{code}\n\n{SENTENCE}") == [code]
    assert masked(f"{BODY}\n\n```\n{SENTENCE}") == ["```"]


def test_a_text_wrapped_to_a_width_is_judged_by_paragraphs() -> None:
    wrapped = "\n".join(
        [
            "The council said on Saturday that the bridge had been closed since then",
            "and would stay so. The mayor had a large sign put up beside it that read",
            "Follow us on Facebook and Twitter to see how the works are coming along",
            "and had promised to keep it open for as long as she could, at any cost.",
            "Engineers had found cracks in two of its pillars, which were built well",
            "before the war and were never looked at closely in all the years after",
            "it, so that nobody could tell how long the cracks had been in the stone.",
            "A new bridge is to be built next to it within the coming three years at",
            "a cost that the council would not give, although it was asked for twice.",
        ]
    )
    assert masked(wrapped) == []
    assert len(lines_of(wrapped)) == 1


@given(
    st.text(
        alphabet=st.sampled_from("aA .:—*-\n\r\t\u00a0\ufeffنRelatedPhoto([©)]12:/|😀\u0301"), max_size=400
    )
)
def test_masks_of_any_text_are_in_order_inside_it_and_not_empty(text: str) -> None:
    masks = boilerplate_masks(text)
    Article(key="a", source="a", text=text, masks=masks)  # raises where they are not
    assert all(first.end <= second.start for first, second in pairwise(masks))
    assert all(not text[mask.start : mask.end].isspace() for mask in masks)


@pytest.mark.parametrize(
    "text",
    [
        "A" * 1_000_000,
        " " * 1_000_000 + "a",
        "1" * 1_000_000,
        "By " + "Aa" * 45 + "!",
        "share " + "1" * 90 + "a",
        "share " + "x " * 280 + "!",
        "Photo " * 95 + "!",
        "(" * 500,
        "| a " * 140 + ".",
        "```x\n" * 50_000,
        "Related\n" * 50_000,
        "Filed under:\n" * 50_000,
        "[a](b)" * 95 + "!",
        "Sign up " * 70 + "!",
        "A, " * 190 + "!",
        "-" * 500 + "a",
        "About the author\n" * 50_000,
        "By Jane Doe\nfoo\n" * 25_000,
        "| a | 1 |\n" * 50_000,
        "**a** " * 90 + "!",
    ],
    ids=lambda text: f"{text[:12]!r}x{len(text)}",
)
def test_no_text_takes_long(text: str) -> None:
    start = time.perf_counter()
    boilerplate_masks(text)
    assert time.perf_counter() - start < 10

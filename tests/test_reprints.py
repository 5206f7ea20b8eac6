import random
import re
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from pathlib import Path

import pytest
from conftest import shared_folder
from hypothesis import given
from hypothesis import strategies as st

from index.catalog import Catalog
from index.reprints import Shingles, are_linked, connected, is_part, shingles
from index.schema import Article, Mask

Paragraphs = list[str]


def cut(text: str) -> Paragraphs:
    return text.split("\n\n")


ENGLISH = cut("""\
The harbour of Dunmore will close for eleven days in May while divers lift the wreck of the ferry
Lady Orla, the port authority said on Monday.

The ferry sank at its berth during a storm in January. Nobody was on board, but 40,000 litres of
diesel had to be pumped out of its tanks, and fishermen have complained since then that the wreck
blocks the inner basin.

A floating crane from Castor will be anchored off the mole from May 4, director Hanne Oldcastle told
reporters. It can lift 1,200 tonnes, about twice what the ferry weighs with the water in it.

Fishing boats may use the new quay at Pell free of charge until the work is done. The ferry line to
the islands will leave from Castor, and buses will take passengers there from the old terminal every
forty minutes.

The lifting will cost 6.3 million crowns, of which the insurer pays four. The town council has asked
the ministry for the rest and expects an answer before the end of the month.

Oldcastle said the basin had been measured by divers three times and that no other obstacle was
found. The crane needs calm weather for two days in a row, so the closing may last longer than
planned.""")

SPANISH = cut("""\
El puerto de Almirena cerrará once días en mayo mientras los buzos sacan del fondo el transbordador
Santa Orosia, informó el lunes la autoridad portuaria.

El barco se hundió en su atraque durante un temporal en enero. No había nadie a bordo, pero hubo que
bombear 40.000 litros de gasóleo de sus tanques, y los pescadores se quejan desde entonces de que el
pecio bloquea la dársena interior.

Una grúa flotante llegada de Castrillena quedará anclada frente al espigón desde el 4 de mayo,
explicó la directora, Inés Valdemoro. Puede levantar 1.200 toneladas, casi el doble de lo que pesa
el barco con el agua que contiene.

Los pesqueros podrán usar sin pagar el muelle nuevo de Punta Garzal hasta que termine la obra. La
línea de las islas saldrá de Castrillena y habrá autobuses para los viajeros desde la terminal
antigua cada cuarenta minutos.""")

ARABIC = cut("""\
يغلق ميناء خليمر أبوابه أحد عشر يوما في مايو لانتشال العبارة الغارقة نجمة البحر بحسب ما أعلنت سلطة
الميناء يوم الاثنين

غرقت العبارة عند رصيفها خلال عاصفة في يناير ولم يكن أحد على متنها لكن كان لا بد من ضخ أربعين ألف لتر
من الوقود من خزاناتها ويشكو الصيادون منذ ذلك الحين من أن الحطام يسد الحوض الداخلي

وقالت مديرة الميناء سلمى الحداد للصحفيين إن رافعة عائمة قادمة من بندر نور ستثبت أمام الرصيف اعتبارا
من الرابع من مايو وإنها تستطيع رفع ألف ومئتي طن أي نحو ضعف وزن العبارة بما فيها من ماء

ويمكن لقوارب الصيد أن تستخدم الرصيف الجديد مجانا حتى انتهاء العمل وستغادر عبارات الجزر من بندر نور
وتنقل الحافلات الركاب إليها من المحطة القديمة كل أربعين دقيقة""")

OTHER = cut("""\
Teachers in Highmere voted on Thursday against a strike over the later start of the school day,
their union said.

Of 2,140 members who took part, 58 percent were against. The union had wanted lessons to begin at
half past eight again and said the buses in the villages did not fit the new hours.

School minister Leopold Hazel welcomed the vote. He promised a second bus on eleven lines from
November and said that a study of the pupils' marks would be published at Easter.

Parents are divided. In a poll by the town, 47 percent liked the new hours and 41 percent did not,
while the rest had no opinion or no child at a secondary school.

The later start was decided last spring after doctors had warned that pupils of fifteen sleep too
little. Two schools in the hills may keep the old hours because their buses also carry the staff of
the cement works.""")

STANDING = (
    "Dunmore, a town of 31,000 people on the northern coast, has lived from herring since the "
    "fourteenth century. "
    "Its fleet shrank from 210 boats in 1970 to 64 today, and many of its young people have moved to Castor, "
    "where shipyards pay better. The basin was last dredged in 1998."
)


def made_of(paragraphs: Sequence[str], masks: tuple[Mask, ...] = ()) -> Shingles:
    text = "\n\n".join(paragraphs)
    return shingles(Article(key="a", source="a", text=text, masks=masks))


def linked(one: Sequence[str], other: Sequence[str]) -> bool:
    return are_linked(made_of(one), made_of(other))


def renamed(paragraphs: Sequence[str]) -> Paragraphs:
    """Other names within sentences and other numbers, as an outlet of another place would have them."""
    named = [re.sub(r"(?<=[\w,] )[A-ZÁÉÍÓÚ]\w+", "Kestrowe", paragraph) for paragraph in paragraphs]
    return [re.sub(r"\d+", "77", paragraph) for paragraph in named]


def shuffled(paragraphs: Sequence[str]) -> Paragraphs:
    return random.Random(1).sample(list(paragraphs), len(paragraphs))


COPIES: dict[str, Callable[[Paragraphs], Paragraphs]] = {
    "the first three paragraphs": lambda story: story[:3],
    "other paragraph order": shuffled,
    "a local introduction": lambda story: [OTHER[1], *story],
    "inside a longer article": lambda story: [*OTHER, *story, STANDING],
    "other names and numbers": renamed,
    "capitals and accents lost": lambda story: [paragraph.upper() for paragraph in story],
    "other quotation marks and apostrophes": lambda story: [p.replace("'", "’") for p in story],
    "every ninth word another": lambda story: [
        " ".join("something" if place % 9 == 8 else word for place, word in enumerate(paragraph.split()))
        for paragraph in story
    ],
}


@pytest.mark.parametrize("story", [ENGLISH, SPANISH, ARABIC], ids=["en", "es", "ar"])
@pytest.mark.parametrize("change", COPIES.values(), ids=COPIES)
def test_a_copy_is_linked_however_it_was_changed(
    story: Paragraphs, change: Callable[[Paragraphs], Paragraphs]
) -> None:
    assert linked(story, change(story))


def test_a_short_article_and_its_copy_are_linked() -> None:
    short = [" ".join(" ".join(ENGLISH[:2]).split()[:60])]
    assert linked(short, short)
    assert linked(short, ENGLISH)
    assert linked(short, [short[0].replace("said on Monday", "announced yesterday")])
    assert not linked(short, [" ".join(" ".join(OTHER[:2]).split()[:60])])


def quoting(paragraphs: Sequence[str], marks: str) -> Paragraphs:
    """The paragraphs with three statements between them that another article has too."""
    said = (
        "We have lived with that wreck in front of our windows for four months and nobody tells us why",
        "Whoever left her at that berth in a storm of eleven will have to answer for it in a court of law",
        "There is not one fisherman in this town who has not lost a net or a day's work to her since January",
    )
    spoken = [f"{marks[0]}{sentence},{marks[1]} mayor Tilda Ross said." for sentence in said]
    return [piece for pair in zip(paragraphs, spoken, strict=False) for piece in pair] + list(paragraphs[3:])


@pytest.mark.parametrize("marks", ["“”", '""', "«»"])
def test_shared_quotations_make_no_reprint(marks: str) -> None:
    assert not linked(quoting(ENGLISH, marks), quoting(OTHER, marks))


def test_two_short_reports_of_one_statement_are_not_linked() -> None:
    statement = f"“{' '.join(' '.join(OTHER).split()[:60])}”"
    first = (
        "The board of the schools in Highmere met on Thursday night behind closed doors and did not let "
        "reporters in, but it published a statement when the lights went out at a quarter past eleven. "
        + statement
    )
    before = "After weeks of silence, during which parents had collected three thousand names"
    second = f"{before}, pupils in the hills learned from a note on a door how early to rise. {statement}"
    assert not linked([first], [second])


def test_a_standing_paragraph_makes_no_reprint() -> None:
    assert not linked([*ENGLISH, STANDING], [*OTHER, STANDING])
    assert not linked([*ENGLISH[:2], STANDING], [*OTHER[:3], STANDING])


def test_stock_phrases_make_no_reprint() -> None:
    phrases = "The minister declined to comment on the report when asked by reporters on Thursday morning."
    assert not linked([*ENGLISH[:3], phrases], [*OTHER[:3], phrases])


def test_masked_text_is_not_compared() -> None:
    footer = "Sign up for our newsletter and get the news of the coast before the first ferry leaves. " * 9
    texts = ["\n\n".join([*paragraphs[:2], footer]) for paragraphs in (ENGLISH, OTHER)]
    masks = [(Mask(text.index(footer), len(text), "newsletter"),) for text in texts]
    assert are_linked(*(made_of([text]) for text in texts))
    assert not are_linked(*(made_of([text], mask) for text, mask in zip(texts, masks, strict=True)))


@pytest.mark.parametrize("text", ["", "One.", "Enable cookies to read on.", "\u0000 \ud800 …", "12 34 56 78"])
def test_hardly_any_text_is_nobodys_reprint(text: str) -> None:
    few = made_of([text])
    assert not are_linked(few, few)
    assert not are_linked(few, made_of(ENGLISH))


def test_shingles_are_stored_and_read_back() -> None:
    found = made_of(quoting(ENGLISH, "“”"))
    again = Shingles.from_bytes(found.to_bytes())
    assert len(found.to_bytes()) == 4 * len(found)
    assert (again.hashes == found.hashes).all()
    assert (again.own == found.own).all()
    assert 0 < found.own.sum() < len(found)


@given(st.text(), st.text())
def test_linking_has_no_direction_and_never_fails(one: str, other: str) -> None:
    first, second = made_of([one]), made_of([other])
    assert are_linked(first, second) == are_linked(second, first)


def test_hashes_are_the_same_on_every_machine() -> None:
    found = made_of(["The rain fell on the old harbour."])
    assert found.hashes.tolist() == [1501871201, 337278981, 1576791829]


# Groups.


def grouped(lengths: dict[int, int], links: list[tuple[int, int, int]]) -> list[list[int]]:
    return sorted(sorted(group) for group in connected(lengths, links) if len(group) > 1)


def test_versions_join_through_each_other() -> None:
    assert grouped({1: 400, 2: 410, 3: 420, 4: 300}, [(1, 2, 0), (2, 3, 0)]) == [[1, 2, 3]]


def test_a_part_joins_the_text_that_holds_it() -> None:
    assert grouped({1: 100, 2: 900, 3: 880}, [(1, 2, 1), (1, 3, 1), (3, 2, 0)]) == [[1, 2, 3]]


def test_a_round_up_joins_none_of_what_it_holds() -> None:
    assert grouped({1: 80, 2: 90, 3: 900, 4: 85}, [(1, 3, 1), (2, 3, 1), (1, 4, 0)]) == [[1, 4]]


def test_trims_of_one_story_are_no_round_up() -> None:
    assert grouped({1: 80, 2: 120, 3: 900}, [(1, 3, 1), (2, 3, 1), (1, 2, 0)]) == [[1, 2, 3]]
    assert grouped({1: 80, 2: 200, 3: 900}, [(1, 3, 1), (2, 3, 1), (1, 2, 1)]) == [[1, 2, 3]]


def test_half_of_a_text_is_a_part_of_it() -> None:
    whole = made_of([*ENGLISH, *OTHER])
    assert is_part(made_of(ENGLISH), whole)
    assert is_part(made_of(OTHER), whole)
    assert not is_part(made_of(renamed(ENGLISH)), made_of(ENGLISH))


# In a catalog.


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    opened = Catalog(tmp_path, create=True)
    yield opened
    opened.close()


def article(key: str, paragraphs: Sequence[str], published: str = "") -> Article:
    return Article(key=key, source=f"{key}.txt", text="\n\n".join(paragraphs), published=published)


def put(catalog: Catalog, *articles: Article) -> None:
    catalog.swap([(one, []) for one in articles])


def keys(catalog: Catalog, articles: Sequence[Article]) -> list[list[str]]:
    key_of = {one.id: one.key for one in articles}
    return sorted(sorted(key_of[article_id] for article_id in group) for group in catalog.reprints.groups())


MANY = [
    article("whole", ENGLISH),
    article("same", ENGLISH),
    article("trim", ENGLISH[:3]),
    article("inside", [OTHER[1], STANDING, *ENGLISH[:5]]),
    article("round-up", [*ENGLISH[:3], *OTHER[:3], *SPANISH[:3]]),
    article("brief", OTHER[:3]),
    article("other", OTHER),
    article("spanish", SPANISH),
    article("spanish-copy", renamed(SPANISH)),
    article("stub", ["Enable cookies to read on."]),
    article("empty", [""]),
]


GROUPS = [["brief", "other"], ["inside", "same", "trim", "whole"], ["spanish", "spanish-copy"]]


@pytest.mark.parametrize("seed", range(6))
def test_groups_do_not_depend_on_the_order_of_indexing(catalog: Catalog, seed: int) -> None:
    in_order = random.Random(seed).sample(MANY, len(MANY))
    for one in in_order:
        put(catalog, one)
    assert keys(catalog, MANY) == GROUPS


def test_a_removed_copy_leaves_no_trace(catalog: Catalog) -> None:
    put(catalog, *MANY)
    before = counts(catalog)
    extra = article("extra", [*ENGLISH[:4], STANDING])
    put(catalog, extra)
    assert any("extra" in group for group in keys(catalog, [*MANY, extra]))
    catalog.remove([extra.id])
    assert counts(catalog) == before
    catalog.remove([one.id for one in MANY])
    assert set(counts(catalog).values()) == {0}


def counts(catalog: Catalog) -> dict[str, int]:
    connection = sqlite3.connect(catalog.path)
    tables = ("copies", "wordings", "samples", "links", "story_words")
    found = {
        table: int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]) for table in tables
    }
    connection.close()
    return found


def test_a_changed_text_changes_its_group(catalog: Catalog) -> None:
    put(catalog, MANY[0], article("b", ENGLISH))
    assert keys(catalog, [MANY[0], article("b", ENGLISH)]) == [["b", "whole"]]
    changed = article("b", OTHER)
    put(catalog, changed)
    assert catalog.reprints.groups() == []
    put(catalog, article("b", ENGLISH))
    assert keys(catalog, [MANY[0], article("b", ENGLISH)]) == [["b", "whole"]]


def test_equal_texts_are_kept_once(catalog: Catalog) -> None:
    many = [article(f"copy{number}", ENGLISH) for number in range(300)]
    put(catalog, *many)
    assert counts(catalog) == {
        **{"copies": 300, "wordings": 1, "links": 0, "story_words": 300},
        "samples": counts(catalog)["samples"],
    }
    assert [len(group) for group in catalog.reprints.groups()] == [300]


def test_a_killed_run_leaves_no_half(catalog: Catalog, tmp_path: Path) -> None:
    def broken() -> Iterator[tuple[Article, list[object]]]:
        yield MANY[0], []
        yield MANY[1], []
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        catalog.swap(broken())  # type: ignore[arg-type]  # a generator that breaks off
    assert set(counts(catalog).values()) == {0}
    put(catalog, *MANY[:2])
    assert keys(catalog, MANY) == [["same", "whole"]]


def test_a_handful_gives_the_same_groups_as_all(catalog: Catalog) -> None:
    put(catalog, *MANY)
    for one in MANY:
        whole = [group for group in catalog.reprints.groups() if one.id in group]
        assert [group for group in catalog.reprints.groups([one.id]) if one.id in group] == whole
    assert catalog.reprints.groups([]) == []
    assert catalog.reprints.groups(["no such article"]) == []


def real_stories() -> list[Paragraphs]:
    files = sorted((shared_folder("data/onestop_english") / "Adv-Txt").glob("*.txt"))[:24]
    texts = [file.read_text(encoding="utf-8-sig") for file in files]
    return [[line for line in text.splitlines() if line.strip()] for text in texts]


def test_real_stories_are_not_linked_by_a_standing_paragraph() -> None:
    stories = real_stories()
    found = [made_of([*story[:5], STANDING]) for story in stories]
    assert not any(are_linked(one, other) for one, other in combinations(found, 2))
    assert all(linked(story, story[:3]) for story in stories)


def test_real_round_ups_join_no_two_stories(catalog: Catalog) -> None:
    stories = real_stories()
    put(catalog, *(article(f"{number} whole", story) for number, story in enumerate(stories)))
    put(catalog, *(article(f"{number} trim", story[:3]) for number, story in enumerate(stories)))
    each_first = [
        article(f"round-up {start}", [line for story in stories[start : start + 4] for line in story[:3]])
        for start in range(0, len(stories), 4)
    ]
    put(catalog, *each_first, article("double", [*stories[0], *stories[1]]))
    groups = [
        [catalog.fields_of([article_id], "key")[article_id][0] for article_id in group]
        for group in catalog.reprints.groups()
    ]
    assert sorted(sorted(group) for group in groups) == sorted(
        [f"{number} trim", f"{number} whole"] for number in range(len(stories))
    )

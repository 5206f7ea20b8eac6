import json
import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import HashEmbedder

from index.build import index_articles
from index.clusters import clusters, reprint_groups, story_groups, story_of
from index.embed import Embedder
from index.schema import Article, content_id
from index.sources import read_paths
from index.store import Store
from index.stories import stories, tell

Command = Callable[..., tuple[int, str, str]]


def article(key: str, published: str, text: str, language: str = "en") -> Article:
    headline, _, body = text.partition("\n")
    return Article(
        key=key,
        source=f"{key}.txt",
        title=headline,
        text=body,
        published=published,
        language=language,
    )


# Events of one kind on the same days, and two reports of one quake.
QUAKE = article(
    "quake",
    "2031-04-02",
    """Earthquake of magnitude 6.1 shakes the coast of Lendria
A magnitude 6.1 earthquake struck off the coast of Lendria on Tuesday morning, damaging houses
in the port of Velm and cutting power to 12,000 people, officials said. The quake hit at 6:14
a.m. at a depth of 22 kilometres, the National Seismic Institute said. No tsunami warning was
issued.

At least three people were injured by falling masonry in Velm, mayor Irina Dolk said. Schools
were closed for the day while engineers inspected buildings. Aftershocks of up to magnitude 4.8
were felt in the hours that followed. Residents gathered in parks and streets, many of them in
nightclothes.""",
)
QUAKE_AFTER = article(
    "quake-after",
    "2031-04-03",
    """Velm counts the damage
Engineers had inspected 400 buildings in the port of Velm by Wednesday, a day after an
earthquake of magnitude 6.1 off the coast of Lendria, and declared 37 of them unsafe. Mayor
Irina Dolk said three people had been injured by falling masonry and that all had left hospital.
Power was back for most of the 12,000 people who had been cut off.

The National Seismic Institute recorded 58 aftershocks, the strongest of magnitude 4.8. It said
the quake was the strongest off Velm since 1987.""",
)
OTHER_EVENTS = [
    article(
        "quake-elsewhere",
        "2031-04-02",
        """Strong quake hits the mountains of Tarrakan
A magnitude 5.8 earthquake hit the mountains of Tarrakan on Tuesday, and dozens of houses
collapsed in villages around the town of Sembi, authorities said. The quake struck at 11:40 p.m.
at a depth of 10 kilometres, according to the seismological service. No tsunami warning was
issued.

At least nine people were injured and taken to the hospital in Sembi, governor Paulo Achterberg
said. Rescue teams were searching the rubble, and schools were closed. Aftershocks continued
through the night. Residents spent it in the open, around fires, fearing that more buildings
would fall.""",
    ),
    article(
        "match",
        "2031-04-05",
        """Harwick United beat Dunmore 2-1 to go top
Harwick United came from behind to beat Dunmore 2-1 on Saturday and go top of the Northern
League with six matches left. Carl Bevins put Dunmore ahead in the 20th minute with a header,
but Tomas Ledger equalised before half-time and Ian Cray scored the winner from the penalty spot
in the 88th minute. “We never stopped believing,” said Harwick coach Rena Malloy. Dunmore stay
fourth, three points behind.""",
    ),
    article(
        "match-elsewhere",
        "2031-04-05",
        """Northern League: Castor Rovers held 1-1 by Pell
Castor Rovers were held to a 1-1 draw by Pell on Saturday and lost the lead in the Northern
League with six matches left. Victor Ames put Castor ahead with a header in the 31st minute, but
Pell equalised through substitute Jon Bray from the penalty spot in the 79th minute. “We have
only ourselves to blame,” said Castor coach Dario Fenn. Castor are second, one point behind
Harwick United.""",
    ),
    article(
        "trial",
        "2031-04-03",
        """Former treasurer of Lunmoor jailed for fraud
A court in Port Aulin on Thursday sentenced the former treasurer of the town of Lunmoor, Edda
Karsk, to four years in prison for fraud. Karsk, 54, had transferred 1.3 million crowns from the
town's accounts to a company of her brother between 2025 and 2029, judge Nils Obermann said. Her
lawyer said she would appeal. The prosecutor had asked for six years.""",
    ),
    article(
        "trial-of-another",
        "2031-04-04",
        """Bank clerk jailed for stealing from pensioners
A court in Port Aulin on Friday sentenced a former bank clerk, Mirko Lang, to three years in
prison for fraud. Lang, 38, had transferred 240,000 crowns from the accounts of 19 pensioners to
his own between 2027 and 2030, judge Sofia Hane said. His lawyer said he would not appeal. The
prosecutor had asked for five years.""",
    ),
    article(
        "round-up",
        "2031-04-03",
        """Five things to know today
Velm counts the damage after an earthquake of magnitude 6.1 off the coast of Lendria: 37
buildings are unsafe, mayor Irina Dolk says.

The former treasurer of Lunmoor, Edda Karsk, was jailed for four years for fraud.

Harwick United are at home to Dunmore on Saturday, when the lead of the Northern League is at
stake.

The herring season begins at the weekend, and it will rain.""",
    ),
]
SPANISH = [
    article(
        "temporal",
        "2031-04-10",
        """Temporal en Castrillena deja dos heridos
Un temporal de viento y lluvia dejó este jueves dos heridos en Castrillena y cortó la carretera
de la costa durante cinco horas, según informó el ayuntamiento. La alcaldesa, Inés Valdemoro,
pidió a los vecinos que no salgan de casa. Los bomberos hicieron 140 salidas, la mayoría por
árboles caídos. En el puerto se hundieron tres barcas.""",
        "es",
    ),
    article(
        "barcas",
        "2031-04-10",
        """El viento hunde tres barcas en el puerto de Castrillena
Tres barcas se hundieron en el puerto de Castrillena por el temporal de viento y lluvia del
jueves, que dejó dos heridos y obligó a cortar durante cinco horas la carretera de la costa. Los
bomberos atendieron 140 salidas. La alcaldesa, Inés Valdemoro, recomendó a los vecinos
permanecer en casa. El ayuntamiento cerró los parques, donde cayeron decenas de árboles.""",
        "es",
    ),
    article(
        "inundaciones",
        "2031-04-10",
        """Inundaciones en Almirena obligan a desalojar un barrio
Las lluvias del jueves inundaron el barrio del Río en Almirena y obligaron a desalojar a 320
vecinos, informó el ayuntamiento. El alcalde, Bruno Tejeda, pidió ayuda al ejército. Los
bomberos rescataron a una familia del tejado de su casa. La carretera del norte quedó cortada
durante la noche.""",
        "es",
    ),
]
ARABIC = [
    article(
        "market",
        "2031-04-11",
        """حريق في سوق خليمر القديم
اندلع حريق كبير في السوق القديم بمدينة خليمر فجر الجمعة وأتى على 45 متجرا، بحسب ما أعلن الدفاع
المدني. وقال رئيس البلدية سامر الحداد إن الحريق بدأ في متجر للأقمشة وامتد بسبب الرياح. ولم تقع
إصابات. وشاركت 12 سيارة إطفاء في إخماد النيران التي استمرت خمس ساعات.""",
        "ar",
    ),
    article(
        "shops",
        "2031-04-11",
        """النيران تلتهم عشرات المتاجر في خليمر
التهمت النيران 45 متجرا في السوق القديم بمدينة خليمر فجر الجمعة قبل أن تتمكن 12 سيارة إطفاء من
إخماد الحريق بعد خمس ساعات. وأعلن الدفاع المدني أنه لم تقع إصابات. وبدأ الحريق في متجر للأقمشة
وامتد بسبب الرياح، وفق رئيس البلدية سامر الحداد الذي وعد بتعويض التجار.""",
        "ar",
    ),
    article(
        "mill",
        "2031-04-11",
        """حريق في مصنع للورق في بندر نور
اندلع حريق في مصنع للورق بمدينة بندر نور مساء الجمعة وأدى إلى إصابة ثلاثة عمال، بحسب ما أعلن
الدفاع المدني. وقال مدير المصنع ياسين العلي إن الحريق بدأ في المخزن. وشاركت ثماني سيارات إطفاء
في إخماد النيران.""",
        "ar",
    ),
]


@pytest.fixture
def store(tmp_path: Path, embedder: Embedder) -> Iterator[Store]:
    with Store(tmp_path / "store", embedder, create=True) as opened:
        yield opened


def found_in(store: Store, *articles: Article) -> list[tuple[str, list[str]]]:
    """The clusters of a store with these articles, as kind and keys of the articles in their order."""
    index_articles(store, articles)
    return [(found.kind, [Path(one.source).stem for one in found.articles]) for found in clusters(store)]


def test_reports_of_one_event_are_a_story_and_other_events_of_its_topic_are_not(store: Store) -> None:
    assert found_in(store, QUAKE, QUAKE_AFTER, *OTHER_EVENTS, *SPANISH, *ARABIC) == [
        ("story", ["market", "shops"]),
        ("story", ["barcas", "temporal"]),
        ("story", ["quake", "quake-after"]),
    ]


def test_the_same_event_told_long_afterwards_is_another_story(store: Store) -> None:
    assert found_in(store, QUAKE, replace(QUAKE_AFTER, published="2031-04-20")) == []


def test_without_a_date_articles_must_be_more_alike(store: Store) -> None:
    undated = [replace(one, published="") for one in (QUAKE, QUAKE_AFTER, *OTHER_EVENTS, *SPANISH, *ARABIC)]
    assert sorted(sorted(keys) for _, keys in found_in(store, *undated)) == [
        ["barcas", "temporal"],
        ["market", "shops"],
        ["quake", "quake-after"],
    ]


def test_a_story_has_the_copies_of_its_articles_too(store: Store) -> None:
    copy = replace(QUAKE, key="copy", source="copy.txt", published="2031-04-04", outlet="Fen Post")
    assert found_in(store, QUAKE, QUAKE_AFTER, copy) == [
        ("story", ["quake", "quake-after", "copy"]),
        ("reprint", ["quake", "copy"]),
    ]


def test_two_copies_alone_are_no_story(store: Store) -> None:
    copy = replace(QUAKE, key="copy", source="copy.txt")
    assert [kind for kind, _ in found_in(store, QUAKE, copy)] == ["reprint"]


def test_the_order_of_indexing_changes_nothing(tmp_path: Path) -> None:
    articles = [QUAKE, QUAKE_AFTER, *OTHER_EVENTS, *SPANISH, replace(QUAKE, key="copy", source="copy.txt")]
    rows = []
    for seed in range(3):
        random.Random(seed).shuffle(articles)
        with Store(tmp_path / str(seed), HashEmbedder(), create=True) as store:
            index_articles(store, articles[:4])
            index_articles(store, articles)
            rows.append([cluster.to_dict() for cluster in clusters(store)])
    assert rows[0]
    assert rows[0] == rows[1] == rows[2]


def test_the_shipped_sample(sample_store: Path, embedder: Embedder) -> None:
    with Store(sample_store, embedder) as store:
        found = clusters(store)
    names = {(cluster.kind, tuple(Path(one.source).name for one in cluster.articles)) for cluster in found}
    assert names == {
        ("reprint", ("harbour-ledger-sarrow-stake.txt", "drennick-sentinel-sarrow-stake.txt")),
        (
            "story",
            (
                *("harbour-ledger-sarrow-stake.txt", "khalimar-sarrow-stake.txt"),
                *("drennick-sentinel-sarrow-stake.txt", "aulin-evening-post-denial.txt"),
            ),
        ),
        ("story", ("velloway-courier-tram-collision.txt", "harbour-ledger-tram-correction.md")),
        ("story", ("velloway-courier-storm.txt", "tessaby-herald-storm.html")),
    }


def test_three_real_articles_on_one_report(seeds: Path, store: Store) -> None:
    index_articles(store, read_paths([seeds]))
    (found,) = clusters(store)
    assert (found.kind, len(found.articles)) == ("story", 3)


# What a cluster says of itself.


def test_a_cluster_names_its_kind_its_articles_and_their_one_origin(store: Store) -> None:
    copies = [
        replace(QUAKE, outlet="Fen Post", origin="Meridane"),
        replace(QUAKE, key="b", source="b.txt", published="2031-04-01", origin=" meridane"),
        replace(QUAKE, key="c", source="c.txt", published=""),
    ]
    index_articles(store, copies)
    (found,) = clusters(store)
    assert found.to_dict() == {
        "cluster": content_id("reprint", copies[1].id),
        "kind": "reprint",
        "origin": " meridane",
        "articles": [
            {
                "article_id": one.id,
                "source": one.source,
                "outlet": one.outlet,
                "published": one.published,
            }
            for one in (copies[1], copies[0], copies[2])
        ],
    }


def test_several_origins_are_no_origin(store: Store) -> None:
    index_articles(
        store,
        [replace(QUAKE, origin="Meridane"), replace(QUAKE, key="b", source="b.txt", origin="Coastal Wire")],
    )
    assert [found.origin for found in clusters(store)] == [""]


def test_a_later_copy_keeps_the_id(store: Store) -> None:
    def ids(*articles: Article) -> list[str]:
        index_articles(store, articles)
        return [found.id for found in clusters(store)]

    copies = [
        replace(QUAKE, key=key, source=key, published=f"2031-04-0{day}") for day, key in enumerate("abc", 2)
    ]
    assert ids(*copies[:2]) == ids(copies[2])


def test_a_handful_of_articles_is_grouped(store: Store) -> None:
    copies = [replace(QUAKE, key=key, source=key) for key in "abc"]
    index_articles(store, [*copies, QUAKE_AFTER])
    grouped = reprint_groups(store.catalog, [copies[0].id, copies[2].id, QUAKE_AFTER.id])
    (reprint,) = [found for found in clusters(store) if found.kind == "reprint"]
    assert grouped == {copies[0].id: reprint.id, copies[2].id: reprint.id, QUAKE_AFTER.id: QUAKE_AFTER.id}
    assert reprint_groups(store.catalog, []) == {}
    assert reprint_groups(store.catalog, ["gone"]) == {"gone": "gone"}


def test_a_handful_of_articles_is_told_apart_by_event_as_in_the_whole_store(
    sample_store: Path, embedder: Embedder
) -> None:
    with Store(sample_store, embedder) as store:
        ids = [article_id for article_id, _, _ in store.catalog.sources()]
        event = {
            member.article_id: cluster.id
            for cluster in clusters(store)
            if cluster.kind == "story"
            for member in cluster.articles
        }
        for seed in range(12):
            some = random.Random(seed).sample(ids, 6)
            groups = story_groups(store, some)
            assert sorted(one for group in groups for one in group) == sorted(some)
            assert [group[0] for group in groups] == sorted((group[0] for group in groups), key=some.index)
            whole: dict[str, list[str]] = {}
            for one in some:
                whole.setdefault(event.get(one, one), []).append(one)
            alone = {tuple(sorted(group)) for group in whole.values()}
            assert {tuple(sorted(group)) for group in groups} == alone
        for article_id, cluster in event.items():
            on_it = {other for other, its in event.items() if its == cluster}
            assert set(story_of(store, article_id)) == on_it
        lone = next(article_id for article_id in ids if article_id not in event)
        assert lone in story_of(store, lone)
        assert not set(story_of(store, lone)) & set(event)
        assert story_groups(store, []) == []
        assert story_groups(store, ["no such id", lone]) == [["no such id"], [lone]]
        assert story_of(store, "no such id") == []


def test_odd_articles_break_nothing(tmp_path: Path) -> None:
    odd = [
        Article(key=str(number), source=str(number), text=text, published=published)
        for number, (text, published) in enumerate(
            [
                ("", ""),
                ("   \n", "0001-01-01"),
                ("Yes.", "9999-12-31T23:59:59-10:00"),
                ("\u0000 " * 40, ""),
                ("7 " * 90, ""),
            ]
        )
    ]
    with Store(tmp_path / "store", HashEmbedder(), create=True) as store:
        assert clusters(store) == []
        index_articles(store, odd[:1])
        assert clusters(store) == []
        index_articles(store, odd)
        assert clusters(store) == []
        index_articles(store, [*odd, QUAKE, replace(QUAKE, key="b", source="b.txt")])
        assert [found.kind for found in clusters(store)] == ["reprint"]


def test_names_are_what_stands_capitalised_within_sentences() -> None:
    def named(text: str) -> int:
        told = tell(Article(key="a", source="a", text=text))
        return int((told.words & 1).sum())

    assert named("The mayor, Irina Dolk, left Velm at noon.") == 3
    assert named("Rain fell. Nobody came. Schools closed.") == 0
    assert named("Some 1,200 people came in 2031.") == 1


PEOPLE = [(f"{first}{second}", f"{second}{first}thing") for first in "abcdef" for second in "uvwxyz"]


def test_a_chain_of_days_is_not_one_story() -> None:
    def day(number: int) -> Article:
        told = ", ".join(f"Name{letter} {thing}" for letter, thing in PEOPLE[number : number + 12])
        return Article(
            key=str(number), source=str(number), text=f"They met {told}.", published=f"2031-05-{number:02}"
        )

    told = [tell(day(number)) for number in range(1, 25)]
    found = stories(told, lambda pairs: [0.9] * len(pairs), frozenset())
    assert found
    assert max(len(event) for event in found) <= 7  # single links would make one of all 24


# The command.


def test_the_command_prints_a_row_a_cluster(newscite: Command, sample_store: Path) -> None:
    status, printed, _ = newscite("clusters", "--store", sample_store, "--json")
    rows = [json.loads(line) for line in printed.splitlines()]
    assert status == 0
    assert sorted(row["kind"] for row in rows) == ["reprint", "story", "story", "story"]
    assert all(set(row) == {"cluster", "kind", "origin", "articles"} for row in rows)
    newest = [max(one["published"] for one in row["articles"]) for row in rows]
    assert newest == sorted(newest, reverse=True)
    for row in rows:
        days = [one["published"] for one in row["articles"]]
        assert days == sorted(days)
        assert set(row["articles"][0]) == {"article_id", "source", "outlet", "published"}


def test_the_command_in_words(newscite: Command, sample_store: Path) -> None:
    status, printed, _ = newscite("clusters", "--store", sample_store)
    assert status == 0
    assert "reprint: 2 articles" in printed
    assert "Storm Wendeline leaves one dead" in printed


def test_an_empty_store_says_so(newscite: Command, tmp_path: Path, embedder: Embedder) -> None:
    with Store(tmp_path / "store", embedder, create=True) as store:
        pass
    status, printed, _ = newscite("clusters", "--store", tmp_path / "store")
    assert (status, len(printed.splitlines())) == (0, 1)
    assert "empty" in printed
    assert newscite("clusters", "--store", tmp_path / "store", "--json")[:2] == (0, "")
    with Store(tmp_path / "store", embedder) as store:
        index_articles(store, [QUAKE])
    assert "None of 1 article" in newscite("clusters", "--store", tmp_path / "store")[1]


def test_no_store_is_an_error_in_one_line(newscite: Command, tmp_path: Path) -> None:
    status, printed, errors = newscite("clusters", "--store", tmp_path / "none")
    assert (status, printed) == (1, "")
    assert errors.startswith("newscite: there is no store at")

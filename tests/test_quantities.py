import pytest

from rag.support.quantities import quantities


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("12 boats", [12]),
        ("twelve boats", [12]),
        ("a dozen boats and two dozen nets", [12, 24]),
        ("twenty-one boats", [21]),
        ("two hundred and six boats", [206]),
        ("one hundred thousand boats", [100_000]),
        ("1.5 million and 1,500,000", [1_500_000, 1_500_000]),
        ("£1.5m, $3bn and 20k", [1_500_000, 3_000_000_000, 20_000]),
        ("the 12th, the twelfth", [12, 12]),
        ("2018–19 and the 1990s", [2018, 2019, 1990]),
        ("it won 10–7", [10, 7]),
        ("three and five", [3, 5]),
        ("٢١ شخصا", [21]),
        ("one of them, a second later", []),
        ("9" * 400, [float("inf")]),
    ],
)
def test_numbers_are_read_by_value(text: str, values: list[float]) -> None:
    assert [quantity.value for quantity in quantities(text)] == values


def test_a_point_parts_thousands_in_spanish() -> None:
    assert [quantity.value for quantity in quantities("1.500 barcos y veintiuno", "es")] == [1500, 21]


@pytest.mark.parametrize(
    ("text", "value", "agrees"),
    [
        ("more than 60,000", 63_000, True),
        ("more than 60,000", 59_000, False),
        ("more than 60,000", 90_000, False),
        ("nearly 200", 198, True),
        ("nearly 200", 202, False),
        ("about 200", 205, True),
        ("200", 205, False),
    ],
)
def test_a_number_that_says_it_is_not_exact_may_be_near(text: str, value: float, agrees: bool) -> None:
    assert quantities(text)[0].agrees([value]) is agrees

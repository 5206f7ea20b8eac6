import pytest

from index.errors import ReadError
from index.sources.decode import decode, decode_page

SPANISH = "El régimen rechazó el informe: «Es información maliciosa», señaló la vicepresidenta.\n"
ARABIC = "قال الرئيس إن الانتخابات لن تجرى هذا العام بعد اجتماع طويل مع الوزراء.\n"
RUSSIAN = "Президент сказал, что выборов в этом году не будет, сообщает агентство.\n"


@pytest.mark.parametrize(
    "text", [SPANISH, ARABIC, "a\r\nb\rc\n", "x\u00a0y", "🙂\u200d e\u0301", "\u202bنص\u202c"]
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_is_kept_as_it_stands_and_a_mark_stays(text: str, encoding: str) -> None:
    mark = "" if encoding == "utf-8" else "\ufeff"
    assert decode(text.encode(encoding), "a.txt") == mark + text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (SPANISH, "cp1252"),
        (SPANISH, "latin-1"),
        ("caf\xe9", "cp1252"),
        ("Señal única\r\n", "latin-1"),
        ("The café opened – “at last”.", "cp1252"),
        (ARABIC, "cp1256"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN * 20_000, "cp1251"),
    ],
)
def test_older_encodings_are_told_by_what_they_hold(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), "a.txt") == text


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"\xff\xd8\xff\xe0", "JPEG"),
        (b"PK\x03\x04abc", "ZIP"),
        (b"\x7fELF\x02", "program"),
        (b"some\0thing", "binary"),
        (bytes(range(1, 32)) * 9, "binary"),
        (b"\xff\xfeabc", "damaged"),
    ],
)
def test_what_is_no_text_is_refused_by_name(data: bytes, word: str) -> None:
    with pytest.raises(ReadError, match=word):
        decode(data, "a.txt")


def test_a_page_is_read_in_the_encoding_it_declares() -> None:
    page = f'<html><head><meta charset="windows-1256"></head><body><p>{ARABIC}</p></body></html>'
    assert decode_page(page.encode("cp1256"), "a.html") == page


@pytest.mark.parametrize(
    "declared",
    ["base64", "no-such-charset", "utf-16", "rot13", "undefined", "idna", "punycode", "unicode_escape"],
)
def test_a_page_that_declares_nonsense_is_read_by_its_looks(declared: str) -> None:
    page = f'<meta charset="{declared}"><p>{SPANISH}</p>'
    assert decode_page(page.encode("cp1252"), "a.html") == page

import pytest

from index.sources.addresses import is_web_address, without_tracking


@pytest.mark.parametrize(
    ("url", "clean"),
    [
        ("https://h.example/b?utm_source=rss&utm_medium=x&id=7#top", "https://h.example/b?id=7#top"),
        ("https://h.example/b?fbclid=x", "https://h.example/b"),
        ("https://h.example/b?id=7&gclid=x&UTM_Campaign=y", "https://h.example/b?id=7"),
        ("https://h.example/b?b=2&a=%20x+y&&c", "https://h.example/b?b=2&a=%20x+y&&c"),
        ("https://h.example/utm_source=rss/?q=utm_source", "https://h.example/utm_source=rss/?q=utm_source"),
        ("https://[broken?utm_source=rss", "https://[broken?utm_source=rss"),
        ("", ""),
    ],
)
def test_only_what_trackers_add_is_taken_off(url: str, clean: str) -> None:
    assert without_tracking(url) == clean


def test_paths_are_no_web_addresses() -> None:
    assert [
        is_web_address(path) for path in ["http://a", "HTTPS://a", "file:///a", "a/http://b", "httpx"]
    ] == [
        *(True, True),
        *(False, False, False),
    ]

"""Settings of a host: used when they can be, refused with what to write when not."""

import pytest

from skill.settings import RECORDINGS_URL, SettingError, recordings_url


@pytest.mark.parametrize("environment", [{}, {RECORDINGS_URL: ""}, {RECORDINGS_URL: "  "}])
def test_without_a_url_there_are_no_recordings(environment: dict[str, str]) -> None:
    assert recordings_url(environment) == ""


@pytest.mark.parametrize("url", ["https://example.com", "https://example.com/a/b", "https://example.com:443/a/"])
def test_a_url_that_alexa_can_play_from_is_taken_without_its_last_slash(url: str) -> None:
    assert recordings_url({RECORDINGS_URL: url}) == url.rstrip("/")


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com/a", "ftp://example.com", "example.com", "https://example.com:8443/a", "https:///a",
        "https://example.com:port/a", "https://example.com/a?b=c", "https://example.com/#a",
    ],
)  # fmt: skip
def test_a_url_that_alexa_cannot_play_from_is_refused_with_what_to_write(url: str) -> None:
    with pytest.raises(SettingError, match="write a folder's URL"):
        recordings_url({RECORDINGS_URL: url})

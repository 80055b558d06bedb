"""What the page's server takes and refuses, without a browser."""

import json
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from skill.library import Library
from skill.simulator.browser.app import HEADERS, create_page
from skill.simulator.browser.sounding import Voices
from skill.simulator.browser.visit import ACTS
from skill.simulator.browser.visits import MOST, Visits
from speech.errors import VoiceUnavailableError


@pytest.fixture
def client(page_app) -> FlaskClient:
    return page_app.test_client()


def _begun(client: FlaskClient, locale: str = "en-US") -> str:
    return str(client.post("/visits", json={"locale": locale}).json["visit"])


def _take(client: FlaskClient, visit: str, act: str, text: str = "", **more: Any) -> dict[str, Any]:
    answer = client.post(f"/visits/{visit}", json={"act": act, "text": text, **more})
    assert answer.status_code == 200, answer.text
    return dict(answer.json)


def test_every_answer_forbids_what_the_page_does_not_need(client: FlaskClient) -> None:
    for path in ("/", "/page.js", "/page.css", "/icon.svg", "/nothing-here"):
        headers = client.get(path).headers
        policy = headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'")
        assert "unsafe" not in policy
        assert "http" not in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "path", ["/../pyproject.toml", "/page.html", "/%2e%2e/app.py", "/app.py", "/nothing.css", "/visits", "/page.js/"]
)
def test_nothing_but_the_page_is_served(path: str, client: FlaskClient) -> None:
    assert client.get(path).status_code in {404, 405, 308}


@pytest.mark.parametrize("host", ["localhost:8080", "127.0.0.1:8080", "[::1]:8080", "192.168.1.5"])
def test_this_computers_names_are_answered(host: str, client: FlaskClient) -> None:
    assert client.get("/", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:8080"])
def test_a_name_that_only_leads_to_this_computer_is_refused(host: str, client: FlaskClient) -> None:
    """A page of another site could have its own name resolve to this computer, and read what is said here."""
    refused = client.post("/visits", json={"locale": "en-US"}, headers={"Host": host})
    assert refused.status_code == 403


def test_a_link_on_another_page_may_lead_here(client: FlaskClient) -> None:
    followed = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    assert client.get("/", headers=followed).status_code == 200
    assert client.get("/page.js", headers=followed).status_code == 403


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_what_another_page_sends_is_refused(site: str, client: FlaskClient) -> None:
    refused = client.post("/visits", json={"locale": "en-US"}, headers={"Sec-Fetch-Site": site})
    assert refused.status_code == 403
    assert client.post("/visits", data="{}", content_type="text/plain").status_code == 415


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"act": "dance"}, "act is one of"),
        ({"act": ["say"]}, "act is one of"),
        ({"act": "say", "text": 5}, "text and voice are texts"),
        ({"act": "say", "text": "x", "heard": "long"}, "heard is a number of seconds"),
        ({"act": "say", "text": "x", "heard": -1}, "heard is a number of seconds"),
        ({"act": "say", "text": "x", "heard": True}, "heard is a number of seconds"),
        ([], "Send a JSON object."),
    ],
)
def test_what_is_no_step_is_told_what_is(sent: object, told: str, client: FlaskClient) -> None:
    refused = client.post(f"/visits/{_begun(client)}", json=sent)
    assert refused.status_code == 400
    assert told in refused.text
    assert "Traceback" not in refused.text


def test_a_locale_that_there_is_not_is_told(client: FlaskClient) -> None:
    for locale in ("en-ZZ", 5, None, ["en-US"]):
        assert client.post("/visits", json={"locale": locale}).status_code == 400


anything = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
steps = st.fixed_dictionaries(
    {},
    optional={
        "act": st.sampled_from([*ACTS]) | anything,
        "text": st.sampled_from(["", "ice", "beach", "pause", "yes", "stop", "first"])
        | st.text(max_size=40)
        | anything,
        "heard": st.floats(0, 3600) | anything,
        "aloud": st.just(value=False),
        "voice": st.text(max_size=5) | anything,
    },
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(steps, max_size=6))
def test_whatever_the_page_might_send_is_answered_or_refused(client: FlaskClient, sent: list[dict[str, Any]]) -> None:
    visit = _begun(client)
    for step in sent:
        body = json.dumps(step)
        answer = client.post(f"/visits/{visit}", data=body, content_type="application/json")
        assert answer.status_code in {200, 400}, answer.text


def test_every_locale_says_its_own_number_and_shows_it_in_digits(client: FlaskClient) -> None:
    for locale, number in {"en-US": "911", "en-GB": "999", "en-AU": "000", "en-CA": "911", "en-IN": "112"}.items():
        shown = _take(client, _begun(client, locale), "say", "my chest is tight and i am sweating")
        assert number in " ".join(shown["notes"]), locale
        assert shown["urgent"]


def test_the_page_that_was_used_longest_ago_makes_room_and_its_session_ends_well(client: FlaskClient) -> None:
    first = _begun(client)
    _take(client, first, "say", "body scan for five minutes")
    others = [_begun(client) for _ in range(MOST)]
    over = client.post(f"/visits/{first}", json={"act": "open"})
    assert over.status_code == 410
    words = " ".join(line["text"] for line in _take(client, others[0], "open")["lines"])
    assert "body scan" in words


def test_only_the_last_sounds_are_kept(client: FlaskClient) -> None:
    visit = _begun(client)
    numbers = [_take(client, visit, "say", "ice or heat", aloud=True)["sound"] for _ in range(3)]
    statuses = [client.get(f"/visits/{visit}/{number}.wav").status_code for number in numbers]
    assert statuses == [410, 200, 200]
    ranged = client.get(f"/visits/{visit}/{numbers[-1]}.wav", headers={"Range": "bytes=0-43"})
    assert ranged.status_code == 206  # browsers seek, and some play nothing else
    assert ranged.data.startswith(b"RIFF")


def test_a_voice_that_there_is_not_is_told_and_the_words_are_there(client: FlaskClient) -> None:
    shown = _take(client, _begun(client), "say", "ice or heat", aloud=True, voice="nobody")
    assert shown["sound"] is None
    assert "There is no voice 'nobody'" in shown["trouble"]
    assert shown["lines"]


class NoVoice(Voices):
    """A computer whose engine does not start."""

    def names(self) -> tuple[str, ...]:
        raise VoiceUnavailableError("No espeak-ng library was found.")


def test_a_computer_without_a_voice_offers_words_only_and_says_why(visits: Visits, library: Library) -> None:
    page = create_page(visits, NoVoice(), library, ("en-US",)).test_client().get("/").text
    assert "No espeak-ng library was found." in page
    assert 'id="start-aloud" disabled' in page
    assert 'id="start-silent">' in page


def test_a_louder_word_is_for_the_speaker_and_no_skill_hears_it(client: FlaskClient) -> None:
    assert _take(client, _begun(client), "say", "turn it up") == {"volume": 2}


def test_time_passes_only_as_it_is_heard(client: FlaskClient) -> None:
    """Ten seconds heard are ten seconds of the session, however long the page was open."""
    visit = _begun(client)
    left = _take(client, visit, "say", "beach for five minutes")["left"]
    assert left == pytest.approx(300, abs=2)
    going_on = _take(client, visit, "say", "thank you", heard=100)["left"]
    assert going_on == pytest.approx(200, abs=10)


ROUTES = st.sampled_from(
    ["/", "/page.js", "/{}", "/visits", "/visits/{}", "/visits/{}/leave", "/visits/{}/1.wav", "/visits/{}/{}.wav"]
)
ANY_METHOD = st.sampled_from(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_every_route_asked_in_every_way_has_its_headers_and_no_internal_error(data, client: FlaskClient) -> None:
    path = data.draw(ROUTES).replace("{}", data.draw(st.text(max_size=12).map(lambda text: text or "x")))
    path = f"/{path.lstrip('/')}"  # the test client, no browser, takes what follows two slashes for a host
    sent = data.draw(st.binary(max_size=100) | st.just(b'{"locale": "en-US", "act": "say", "text": "ice"}'))
    kind = data.draw(st.sampled_from(["application/json", "text/plain", "multipart/form-data", ""]))
    answer = client.open(path, method=data.draw(ANY_METHOD), data=sent, content_type=kind)
    assert answer.status_code < 500, (path, answer.text)
    assert HEADERS.items() <= dict(answer.headers.items()).items()
    assert answer.status_code != 405 or answer.headers["Allow"]
    assert "Traceback" not in answer.text

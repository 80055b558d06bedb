"""Requests that are not Amazon's, not now, or not whole get 400, over a real HTTPS certificate host."""

import base64
import json
import logging
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from random import Random
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.serialization import Encoding
from flask.testing import FlaskClient

from skill.alexa import reader
from skill.certification.pretend_amazon import CHAIN_URL, Issued, PretendAmazon, issue, new_key
from skill.hosting.certificates import (
    FETCH_EVERY,
    FETCHES,
    SIGNER,
    Certificates,
    certificate_url,
    signer_of,
    trusted_roots,
)
from skill.hosting.fetching import ChainFetcher
from skill.hosting.refused import FetchError, RefusedError
from skill.hosting.verification import LARGEST_BODY, Unverified, Verifier
from skill.simulator.envelope import Device, Session

DEVICE = Device("en-US")
NOW = datetime.now(UTC)
DAY = timedelta(days=1)
KEY, SMALL_KEY = new_key(), new_key(1024)


def _launch(**request: Any) -> dict[str, Any]:
    envelope = DEVICE.launch(Session())
    envelope["request"].update(request)
    return envelope


def _post(client: FlaskClient, headers: dict[str, str], body: bytes) -> int:
    return client.post("/", headers={**headers, "Content-Type": "application/json"}, data=body).status_code


def test_a_request_of_amazons_is_answered_and_its_chain_fetched_once(
    client: FlaskClient, amazon: PretendAmazon, certificate_server
) -> None:
    for _ in range(3):
        answer = client.post("/", headers=(signed := amazon.signed(_launch()))[0], data=signed[1])
        assert answer.status_code == 200
        assert "Gentle Back" in answer.json["response"]["outputSpeech"]["ssml"]
    assert certificate_server.fetched == ["s3.amazonaws.com/echo.api/echo-api-cert-1.pem"]


def _leaf(by: Issued, **changes: Any) -> Issued:
    return issue(SIGNER, by, **{"names": [SIGNER], **changes})


def _bad_chains() -> dict[str, Callable[[PretendAmazon], bytes]]:
    """Return ways in which a chain is not Amazon's, each as the PEM that would be served."""

    def chain(**changes: Any) -> Callable[[PretendAmazon], bytes]:
        # The same key as the true leaf has, so that only the chain is wrong.
        return lambda a: _leaf(a.intermediate, **{"key": a.leaf.key, **changes}).pem + a.intermediate.pem

    def deep(a: PretendAmazon) -> bytes:
        chain = [a.root]
        for number in range(8):
            chain.append(issue(f"Deep {number}", chain[-1], authority=True, key=KEY))
        leaf = _leaf(chain[-1], key=a.leaf.key)
        return leaf.pem + b"".join(each.pem for each in reversed(chain[1:]))

    def of_intermediate(**changes: Any) -> Callable[[PretendAmazon], bytes]:
        def made(a: PretendAmazon) -> bytes:
            middle = issue("Another Intermediate", a.root, **{"authority": True, "key": KEY, **changes})
            return _leaf(middle, key=a.leaf.key).pem + middle.pem

        return made

    def stranger(a: PretendAmazon) -> bytes:
        root = issue("Somebody's Root", authority=True)
        middle = issue("Somebody's Intermediate", root, authority=True)
        return _leaf(middle, key=a.leaf.key).pem + middle.pem + root.pem

    def forged(a: PretendAmazon) -> bytes:
        """Issued in the root's name, by a key that is not the root's."""
        fake = Issued(a.intermediate.certificate, KEY)
        return _leaf(fake, key=a.leaf.key).pem + a.intermediate.pem

    def short_path(a: PretendAmazon) -> bytes:
        top = issue("Short", a.root, authority=True, path_length=0, key=KEY)
        under = issue("Under", top, authority=True)
        return _leaf(under, key=a.leaf.key).pem + under.pem + top.pem

    return {
        "nothing": lambda a: b"",
        "a page of HTML": lambda a: b"<html><body>Not Found</body></html>",
        "bytes": lambda a: bytes(range(256)) * 4,
        "half a certificate": lambda a: a.leaf.pem[:200],
        "a certificate with a broken body": lambda a: a.leaf.pem.replace(b"M", b"N", 40),
        "DER instead of PEM": lambda a: a.leaf.certificate.public_bytes(Encoding.DER),
        "no intermediate": lambda a: a.leaf.pem,
        "the leaf last": lambda a: a.intermediate.pem + a.leaf.pem,
        "a stranger's root": stranger,
        "an issuer's name without its key": forged,
        "signed by itself": lambda a: issue(SIGNER, names=[SIGNER], key=a.leaf.key).pem,
        "the root itself": lambda a: a.root.pem,
        "the intermediate as leaf": lambda a: a.intermediate.pem,
        "another name": chain(names=["example.com"]),
        "a name that only begins so": chain(names=["echo-api.amazon.com.example.com"]),
        "a name that only ends so": chain(names=["xecho-api.amazon.com"]),
        "a wildcard": chain(names=["*.amazon.com"]),
        "no names": chain(names=[]),
        "ended": chain(begins=NOW - 30 * DAY, ends=NOW - DAY),
        "not begun": chain(begins=NOW + DAY, ends=NOW + 30 * DAY),
        "not for signing": chain(signing=False),
        "for another purpose": chain(for_servers=False),
        "a leaf that is an authority": chain(authority=True),
        "a key of 1024 bits": chain(key=SMALL_KEY),
        "a key of elliptic curves": chain(key=ec.generate_private_key(ec.SECP256R1())),
        "an intermediate that is no authority": of_intermediate(authority=False),
        "an intermediate that ended": of_intermediate(begins=NOW - 30 * DAY, ends=NOW - DAY),
        "too many intermediates": deep,
        "more intermediates than one of them allows": short_path,
    }


@pytest.mark.parametrize("name", _bad_chains())
def test_a_chain_that_is_not_amazons_is_refused(
    name: str, client: FlaskClient, amazon: PretendAmazon, certificate_server
) -> None:
    certificate_server.chain = _bad_chains()[name](amazon)
    assert _post(client, *amazon.signed(_launch())) == 400
    assert len(certificate_server.fetched) == 1
    with pytest.raises(RefusedError):
        signer_of(certificate_server.chain, [amazon.root.certificate], time.time())


BAD_URLS = [
    "",
    "echo-api-cert-1.pem",
    "http://s3.amazonaws.com/echo.api/cert.pem",
    "ftp://s3.amazonaws.com/echo.api/cert.pem",
    "//s3.amazonaws.com/echo.api/cert.pem",
    "https:/s3.amazonaws.com/echo.api/cert.pem",
    "https://s3.amazonaws.com/cert.pem",
    "https://s3.amazonaws.com/echo.api",
    "https://s3.amazonaws.com/echo.api/",
    "https://s3.amazonaws.com/EcHo.aPi/cert.pem",
    "https://s3.amazonaws.com/invalid.path/echo-api-cert.pem",
    "https://s3.amazonaws.com/echo.api/../cert.pem",
    "https://s3.amazonaws.com/echo.api/a/../../cert.pem",
    "https://s3.amazonaws.com/echo.api/%2e%2e/cert.pem",
    "https://s3.amazonaws.com/echo.api/cert.pem?n=1",
    "https://s3.amazonaws.com/echo.api/cert.pem#here",
    "https://s3.amazonaws.com:563/echo.api/cert.pem",
    "https://s3.amazonaws.com:x/echo.api/cert.pem",
    "https://s3.amazonaws.com:/echo.api/cert.pem",
    "https://s3.amazonaws.com:99999/echo.api/cert.pem",
    "https://s3.amazonaws.com.example.com/echo.api/cert.pem",
    "https://notamazon.com/echo.api/cert.pem",
    "https://s3.amazonaws.com@example.com/echo.api/cert.pem",
    "https://user:word@s3.amazonaws.com/echo.api/cert.pem",
    "https://s3.amazonaws.com\\@example.com/echo.api/cert.pem",
    "https://example.com\\.s3.amazonaws.com/echo.api/cert.pem",
    "https://[::1]/echo.api/cert.pem",
    "https://[s3.amazonaws.com/echo.api/cert.pem",
    "https://s3.amazonaws.com/echo.api/cert.pem\n",
    "https://s3.amazonaws.com/echo.api/cert 1.pem",
    "https://s3.amazonaws.com/echo.api//cert.pem",
    "https://s3.amazonaws.com/echo.api/" + "a" * 600,
    "https://s3.ämazonaws.com/echo.api/cert.pem",
]


@pytest.mark.parametrize("url", BAD_URLS)
def test_a_url_that_is_not_amazons_is_refused_and_never_fetched(
    url: str, client: FlaskClient, amazon: PretendAmazon, certificate_server
) -> None:
    headers, body = amazon.signed(_launch())
    if "\n" not in url and url.isascii():  # no client can send the others
        assert _post(client, {**headers, "SignatureCertChainUrl": url}, body) == 400
    with pytest.raises(RefusedError):
        certificate_url(url)
    assert certificate_server.fetched == []


@pytest.mark.parametrize(
    "url",
    [
        "https://s3.amazonaws.com/echo.api/echo-api-cert.pem",
        "HTTPS://S3.AmazonAWS.com/echo.api/echo-api-cert.pem",
        "https://s3.amazonaws.com:443/echo.api/echo-api-cert.pem",
        "https://s3.amazonaws.com/echo.api/../echo.api/echo-api-cert.pem",
    ],
)
def test_amazons_own_examples_of_good_urls_are_one_url(url: str) -> None:
    assert certificate_url(url) == "https://s3.amazonaws.com/echo.api/echo-api-cert.pem"


def test_a_thousand_forged_urls_cause_a_handful_of_fetches(
    client: FlaskClient, amazon: PretendAmazon, certificate_server
) -> None:
    headers, body = amazon.signed(_launch())
    certificate_server.chain = b"nothing"
    start = time.monotonic()
    for number in range(1000):
        url = f"https://s3.amazonaws.com/echo.api/forged-{number}.pem"
        assert _post(client, {**headers, "SignatureCertChainUrl": url}, body) == 400
    # One more is allowed every while: a slow machine takes seconds for a thousand requests.
    assert len(certificate_server.fetched) <= FETCHES + (time.monotonic() - start) / FETCH_EVERY + 1


def test_a_chain_that_is_known_is_used_while_others_are_forged(
    client: FlaskClient, amazon: PretendAmazon, certificate_server, clock
) -> None:
    assert _post(client, *amazon.signed(_launch())) == 200
    headers, body = amazon.signed(_launch())
    for number in range(100):
        _post(client, {**headers, "SignatureCertChainUrl": f"{CHAIN_URL[:-4]}{number}.pem"}, body)
    assert _post(client, *amazon.signed(_launch())) == 200
    clock.ahead = 2 * 3600  # it is to be fetched anew, in the middle of the flood
    assert _post(client, *amazon.signed(_launch(timestamp=_written(clock())))) == 200


def test_forged_urls_of_other_names_use_up_no_fetch_of_amazons(
    client: FlaskClient, amazon: PretendAmazon, certificate_server
) -> None:
    headers, body = amazon.signed(_launch())
    for number in range(50):
        _post(client, {**headers, "SignatureCertChainUrl": f"https://s3.amazonaws.com/echo.api/{number}.pem"}, body)
    assert _post(client, *amazon.signed(_launch())) == 200


def test_the_last_good_chain_outlives_the_program(amazon: PretendAmazon, tmp_path: Path, clock) -> None:
    roots, kept = [amazon.root.certificate], tmp_path / "there" / "chain.json"
    fetched: list[str] = []

    def fetch(url: str) -> bytes:
        fetched.append(url)
        return amazon.chain

    first = Certificates(fetch, roots, clock, kept).key(CHAIN_URL)
    assert Certificates(fetch, roots, clock, kept).key(CHAIN_URL) == first
    assert fetched == [CHAIN_URL]
    stranger = issue("Stranger", authority=True)
    Certificates(fetch, [stranger.certificate], clock, kept)  # roots that no longer trust it
    clock.ahead = 40 * 86_400  # it has ended
    assert Certificates(fetch, roots, clock, kept)._signers == {}
    for nonsense in ("", "[]", "{}", '{"url": 5, "chain": 6}', '{"url": "https://x/", "chain": ""}'):
        kept.write_text(nonsense)
        assert Certificates(fetch, roots, clock, kept)._signers == {}


def test_a_place_where_nothing_can_be_kept_costs_no_answer(amazon: PretendAmazon, tmp_path: Path, clock) -> None:
    (tmp_path / "file").touch()
    kept = tmp_path / "file" / "chain.json"
    assert Certificates(lambda _: amazon.chain, [amazon.root.certificate], clock, kept).key(CHAIN_URL)


def test_any_bytes_for_a_chain_are_refused_and_never_an_error_of_ours(amazon: PretendAmazon) -> None:
    body = amazon.leaf.certificate.public_bytes(Encoding.DER)
    signed = (
        amazon.leaf.certificate.tbs_certificate_bytes
    )  # around it lies a bit that means nothing, and may be flipped
    first, random = body.index(signed), Random(7)
    for _ in range(1500):
        spoilt = bytearray(body)
        spoilt[first + random.randrange(len(signed))] ^= 1 << random.randrange(8)
        text = base64.encodebytes(spoilt).decode()
        pem = f"-----BEGIN CERTIFICATE-----\n{text}-----END CERTIFICATE-----\n".encode() + amazon.intermediate.pem
        with pytest.raises(RefusedError):
            signer_of(pem, [amazon.root.certificate], time.time())


def test_a_url_that_led_nowhere_is_tried_again_after_a_while(
    client: FlaskClient, amazon: PretendAmazon, certificate_server, clock
) -> None:
    good, certificate_server.chain = certificate_server.chain, b""
    assert _post(client, *amazon.signed(_launch())) == 400
    certificate_server.chain = good
    assert _post(client, *amazon.signed(_launch())) == 400
    clock.ahead = 70
    assert _post(client, *amazon.signed(_launch(timestamp=_written(clock())))) == 200
    assert len(certificate_server.fetched) == 2


def test_a_chain_is_dropped_when_it_ends(amazon: PretendAmazon, client: FlaskClient, certificate_server, clock) -> None:
    leaf = _leaf(amazon.intermediate, ends=NOW + timedelta(minutes=30))
    certificate_server.chain = leaf.pem + amazon.intermediate.pem
    assert _post(client, *amazon.signed(_launch(), leaf.key)) == 200
    clock.ahead = 31 * 60
    assert _post(client, *amazon.signed(_launch(timestamp=_written(clock())), leaf.key)) == 400


def test_a_certificate_host_that_is_away_costs_nobody_who_was_known(
    client: FlaskClient, amazon: PretendAmazon, certificate_server, clock, caplog: pytest.LogCaptureFixture
) -> None:
    assert _post(client, *amazon.signed(_launch())) == 200
    certificate_server.answer = lambda handler: handler.send_error(503)
    clock.ahead = 2 * 3600
    with caplog.at_level(logging.WARNING):
        assert _post(client, *amazon.signed(_launch(timestamp=_written(clock())))) == 200
    assert "kept a while longer" in caplog.text


def _drip(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.end_headers()
    for _ in range(100):
        handler.wfile.write(b"-" * 10)
        time.sleep(0.1)


def _flood(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.end_headers()
    for _ in range(10_000):
        handler.wfile.write(b"-" * 10_000)


def _redirect(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(302)
    handler.send_header("Location", "https://s3.amazonaws.com/echo.api/other.pem")
    handler.end_headers()


def _drip_headers(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    for number in range(100):
        handler.wfile.write(f"X-{number}: 1\r\n".encode())
        time.sleep(0.1)


@pytest.mark.parametrize("misbehaves", [_drip, _drip_headers, _flood, _redirect, lambda handler: time.sleep(3)])
def test_a_certificate_host_that_misbehaves_is_left_in_time(
    misbehaves: Callable[[BaseHTTPRequestHandler], None], client: FlaskClient, amazon: PretendAmazon, certificate_server
) -> None:
    certificate_server.answer = misbehaves
    began = time.monotonic()
    assert _post(client, *amazon.signed(_launch())) == 400
    assert time.monotonic() - began < 6  # generous: the machine may be busy; Alexa waits eight
    assert len(certificate_server.fetched) == 1


def test_a_host_that_is_not_amazons_is_not_believed(amazon: PretendAmazon, certificate_server) -> None:
    stranger = issue("Somebody's Root", authority=True).pem.decode()
    with pytest.raises(FetchError):
        ChainFetcher("127.0.0.1", certificate_server.port, stranger, patience=1.0)(CHAIN_URL)
    assert certificate_server.fetched == []


@pytest.mark.parametrize(
    "signature",
    [
        "",
        "!!!!",
        "a",
        "YWJj",
        base64.b64encode(bytes(256)).decode(),
        base64.b64encode(bytes(255)).decode(),
        base64.b64encode(bytes(100_000)).decode(),
        "Ä" * 300,
    ],
)
def test_a_signature_that_is_none_is_refused(signature: str, client: FlaskClient, amazon: PretendAmazon) -> None:
    headers, body = amazon.signed(_launch())
    if signature.isascii():
        assert _post(client, {**headers, "Signature-256": signature}, body) == 400
    else:
        assert _post(client, {**headers, "Signature-256": signature.encode().decode("latin-1")}, body) == 400


def test_a_signature_of_another_key_or_kind_or_body_is_refused(client: FlaskClient, amazon: PretendAmazon) -> None:
    headers, body = amazon.signed(_launch())
    assert _post(client, headers, body.replace(b"LaunchRequest", b"launchRequest")) == 400
    assert _post(client, headers, body + b" ") == 400
    assert _post(client, headers, body[:-1]) == 400
    assert _post(client, *amazon.signed(_launch(), new_key())) == 400
    old = base64.b64encode(amazon.leaf.key.sign(body, PKCS1v15(), SHA1())).decode()
    assert _post(client, {**headers, "Signature-256": old}, body) == 400
    assert _post(client, {"SignatureCertChainUrl": CHAIN_URL, "Signature": old}, body) == 400
    assert _post(client, {}, body) == 400
    assert _post(client, headers, body) == 200


def _written(moment: float) -> str:
    return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@pytest.mark.parametrize(
    "timestamp",
    [
        -3600,
        +3600,
        "without a zone",
        "yesterday",
        "",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-14:00",
        1_800_000_000,
        None,
        ["2026-11-22"],
    ],
)
def test_a_timestamp_that_is_not_of_now_is_refused(
    timestamp: object, client: FlaskClient, amazon: PretendAmazon
) -> None:
    if isinstance(timestamp, int) and abs(timestamp) == 3600:
        timestamp = _written(time.time() + timestamp)
    elif timestamp == "without a zone":
        timestamp = _written(time.time())[:-1]
    assert _post(client, *amazon.signed(_launch(timestamp=timestamp))) == 400


def test_a_timestamp_may_be_two_minutes_off_and_a_skill_event_an_hour(
    client: FlaskClient, amazon: PretendAmazon
) -> None:
    for late, kind, status in (
        (140, "LaunchRequest", 200),
        (-140, "LaunchRequest", 200),
        (160, "LaunchRequest", 400),
        (3500, "AlexaSkillEvent.SkillDisabled", 200),
        (3700, "AlexaSkillEvent.SkillDisabled", 400),
        (3500, "XAlexaSkillEvent.SkillDisabled", 400),
    ):
        envelope = _launch(timestamp=_written(time.time() - late), type=kind)
        assert _post(client, *amazon.signed(envelope)) == status, (late, kind)


def test_a_request_that_is_sent_again_is_refused(client: FlaskClient, amazon: PretendAmazon) -> None:
    headers, body = amazon.signed(_launch())
    assert [_post(client, headers, body) for _ in range(3)] == [200, 400, 400]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'"request"',
        b"\xff\xfe\x00\x01",
        '{"request": {}}'.encode("utf-16"),
        b'{"request": "now"}',
        b"[" * 100_000,
        b'{"request": {"type": "LaunchRequest", "timestamp": "NOW"}}',
        b'{"request": {"type": "LaunchRequest", "timestamp": "NOW"}, "context": []}',
        b'{"request": {"type": "LaunchRequest", "timestamp": "NOW"}, "context": {"System": {"application": {}}}}',
        b'{"request": {"type": 5, "timestamp": "NOW"}}',
    ],
)
def test_a_signed_body_that_is_no_request_is_refused(body: bytes, client: FlaskClient, amazon: PretendAmazon) -> None:
    assert _post(client, *amazon.signed(body.replace(b"NOW", _written(time.time()).encode()))) == 400


def test_another_skills_request_is_refused(client: FlaskClient, amazon: PretendAmazon) -> None:
    envelope = json.loads(json.dumps(_launch()).replace("00000000-0000", "11111111-0000"))
    assert _post(client, *amazon.signed(envelope)) == 400


def test_a_body_that_is_too_large_is_refused_before_it_is_read(client: FlaskClient, amazon: PretendAmazon) -> None:
    assert _post(client, *amazon.signed(b" " * (LARGEST_BODY + 1))) == 413


def test_nothing_is_read_before_the_signature_is_checked(
    client: FlaskClient, amazon: PretendAmazon, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise AssertionError("the body was read")

    headers, _ = amazon.signed(_launch())
    monkeypatch.setattr("skill.hosting.verification.json.loads", fail)
    monkeypatch.setattr(reader.EnvelopeReader, "deserialize", fail)
    assert _post(client, headers, b'{"forged": true}') == 400


def test_what_is_remembered_against_replaying_is_bounded(verifier: Verifier, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("skill.hosting.verification.MOST_REMEMBERED", 50)
    for number in range(200):
        verifier._check_new(str(number).encode(), time.time() + 300)
    assert len(verifier._seen) == 50


@pytest.mark.parametrize("body", [b"", b"[]", b"\xff", b'{"request": {"type": "x", "timestamp": "2026-11-22"}}'])
def test_without_verification_a_body_must_still_be_a_request(body: bytes) -> None:
    with pytest.raises(RefusedError):
        Unverified().verify("", "", body)


def test_the_worlds_roots_are_read_and_are_many() -> None:
    assert len(trusted_roots()) > 100


def test_a_refusal_names_the_reason_and_nothing_of_the_body(
    client: FlaskClient, amazon: PretendAmazon, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        headers, body = amazon.signed(_launch(secret="my knees weep"))
        _post(client, headers, body + b" ")
        _post(client, *amazon.signed(b'{"request": {"type": "my knees weep"}}'))
        _post(client, *amazon.signed(_launch(type="IntentRequest", intent={"name": "my knees weep"})))
    assert "Refused a request: the signature is not over this body." in caplog.text
    assert "knees" not in caplog.text

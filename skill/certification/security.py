"""Points 11 to 18: only Amazon's requests for this skill are answered, shown with a pretend Amazon."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from ask_sdk_core.exceptions import AskSdkException
from flask.testing import FlaskClient

from skill.certification.pretend_amazon import CHAIN_URL, PretendAmazon, issue
from skill.certification.subject import Subject
from skill.hosting.app import Service, create_app
from skill.hosting.certificates import SIGNER, Certificates, certificate_url, signer_of
from skill.hosting.refused import RefusedError
from skill.hosting.verification import Verifier

GOOD_URLS = (CHAIN_URL, "HTTPS://S3.amazonaws.com:443/echo.api/x/../echo-api-cert-1.pem")
BAD_URLS = (
    "http://s3.amazonaws.com/echo.api/cert.pem",
    "https://notamazon.com/echo.api/cert.pem",
    "https://s3.amazonaws.com/EcHo.aPi/cert.pem",
    "https://s3.amazonaws.com/invalid.path/cert.pem",
    "https://s3.amazonaws.com/echo.api/../cert.pem",
    "https://s3.amazonaws.com:563/echo.api/cert.pem",
)


def only_our_id(subject: Subject) -> Iterator[str]:
    """Yield when another skill's request is answered."""
    reviewer = subject.newcomer("en-US")
    try:
        reviewer.endpoint.answer(reviewer.envelope({"type": "LaunchRequest"}, "amzn1.ask.skill.somebody-elses"))
    except AskSdkException:
        return
    yield "requests for another skill are answered: set skill_builder.skill_id"


def url_rules(_: Subject) -> Iterator[str]:
    """Yield each certificate URL that is taken or refused wrongly."""
    for url in GOOD_URLS:
        try:
            certificate_url(url)
        except RefusedError as error:
            yield f"{url} is refused: {error}"
    for url in BAD_URLS:
        try:
            certificate_url(url)
        except RefusedError:
            continue
        yield f"{url} is taken for Amazon's"


def chain_rules(_: Subject) -> Iterator[str]:
    """Yield each kind of chain that is trusted or refused wrongly."""
    amazon, now = PretendAmazon(), datetime.now(UTC)
    between = amazon.intermediate
    leaf: dict[str, Any] = {"names": [SIGNER], "key": amazon.leaf.key}
    stranger = issue("Stranger", authority=True)
    chains = {
        "a chain to a stranger's root": issue(SIGNER, stranger, **leaf).pem + stranger.pem,
        "a certificate for another name": issue("x", between, **{**leaf, "names": ["example.com"]}).pem + between.pem,
        "a certificate that has ended": issue(
            SIGNER, between, begins=now - timedelta(days=3), ends=now - timedelta(days=1), **leaf
        ).pem
        + between.pem,
    }
    for name, pem in chains.items():
        try:
            signer_of(pem, [amazon.root.certificate], time.time())
        except RefusedError:
            continue
        yield f"{name} is trusted"
    try:
        signer_of(amazon.chain, [amazon.root.certificate], time.time())
    except RefusedError as error:
        yield f"a good chain is refused: {error}"


def signatures_times_and_statuses(subject: Subject) -> Iterator[str]:
    """Yield each request that gets another status than it should: good ones 200, all others 400."""
    amazon = PretendAmazon()
    client = _client(subject, amazon)
    envelope = subject.newcomer("en-US").envelope({"type": "LaunchRequest"})
    old = {**envelope, "request": {**envelope["request"], "timestamp": "2020-01-01T00:00:00Z"}}
    headers, body = amazon.signed(envelope)
    requests = {
        "without headers": ({}, body, 400),
        "with an empty URL": ({**headers, "SignatureCertChainUrl": ""}, body, 400),
        "with a broken signature": ({**headers, "Signature-256": "AAAA"}, body, 400),
        "with an older signature only": ({"SignatureCertChainUrl": CHAIN_URL, "Signature": "AAAA"}, body, 400),
        "whose body was changed": (headers, body + b" ", 400),
        "that is old": (*amazon.signed(old), 400),
        "that is no JSON": (*amazon.signed(b"{"), 400),
        "that is Amazon's": (headers, body, 200),
    }
    for name, (sent, what, status) in requests.items():
        answered = client.post("/", headers=sent, data=what).status_code
        if answered != status:
            yield f"a request {name} gets {answered} instead of {status}"


def _client(subject: Subject, amazon: PretendAmazon) -> FlaskClient:
    verifier = Verifier(Certificates(lambda _: amazon.chain, [amazon.root.certificate]), time.time)
    skill = subject.newcomer("en-US", "security").endpoint.skill
    return create_app(Service(skill, verifier, list, "")).test_client()

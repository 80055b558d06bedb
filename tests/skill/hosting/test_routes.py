"""Every route of the server, asked in every way: no internal error, no hint of how it is made, its headers always."""

import json
import logging
import string
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from skill.certification.pretend_amazon import PretendAmazon
from skill.conversation.conversation import Conversation
from skill.hosting.app import HEADERS
from skill.simulator.envelope import Device, Session

METHODS = st.sampled_from(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"])
PART = st.text(string.ascii_letters + string.digits + "-._~%/\\ é\x00", max_size=30)
JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
BODY = st.binary(max_size=300) | JSON.map(lambda value: json.dumps(value).encode())
NAMES = st.sampled_from(
    ["SignatureCertChainUrl", "Signature-256", "Content-Type", "Host", "Range", "If-Modified-Since", "Accept", "Cookie"]
)
VALUE = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=60)


@pytest.fixture
def paths(app: Flask) -> st.SearchStrategy[str]:
    """Paths of every rule that the application has, their gaps filled with anything, and others."""
    rules = st.sampled_from([rule.rule for rule in app.url_map.iter_rules()])
    return st.tuples(rules, PART).map(lambda pair: pair[0].replace("<name>", pair[1])) | PART.map("/{}".format)


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_request_gets_an_internal_error_or_an_answer_without_its_headers(data, app: Flask, paths) -> None:
    path, method = data.draw(paths), data.draw(METHODS)
    headers = data.draw(st.dictionaries(NAMES, VALUE, max_size=3))
    answer = app.test_client().open(path, method=method, headers=headers, data=data.draw(BODY))
    assert answer.status_code < 500 or (path == "/ready" and answer.status_code == 503)
    assert HEADERS.items() <= dict(answer.headers.items()).items()
    assert "Traceback" not in answer.text
    assert "Python" not in answer.headers.get("Server", "")
    if answer.status_code == 405:
        assert answer.headers["Allow"]


SECRETS = ("my bottom is numb since tuesday", "amzn1.ask.account.SECRET", "eyJ0eXAi.secret.token")


def test_nothing_that_was_said_and_no_token_reaches_a_log(
    app: Flask, amazon: PretendAmazon, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Answered, refused, damaged or broken: logs name kinds and places, and nothing of a person."""
    caplog.set_level(logging.DEBUG)
    said, user, token = SECRETS
    envelope = Device("en-US").launch(Session())
    envelope["context"]["System"] |= {"apiAccessToken": token}
    envelope["context"]["System"]["user"]["userId"] = envelope["session"]["user"]["userId"] = user
    intent = {"name": "DescribeIntent", "slots": {"query": {"name": "query", "value": said}}}
    envelope["request"] |= {"type": "IntentRequest", "intent": intent}
    client, statuses = app.test_client(), []
    for spoil in (lambda e: e, lambda e: e["request"].pop("intent"), lambda e: e["context"].pop("System")):
        changed = json.loads(json.dumps(envelope))
        spoil(changed)
        headers, body = amazon.signed(changed)
        statuses.append(client.post("/", data=body, headers=headers).status_code)
        assert client.post("/", data=body, headers={**headers, "Signature-256": said}).status_code == 400
        assert client.post("/", data=body[:-9], headers=headers).status_code == 400
    assert statuses == [200, 200, 400]

    def broken(*_: object) -> None:
        raise RuntimeError(f"{said} {user} {token}")

    monkeypatch.setattr(Conversation, "reply", broken)
    headers, body = amazon.signed({**envelope, "version": "1.1"})
    assert client.post("/", data=body, headers=headers).status_code == 200
    assert "RuntimeError in request" in caplog.text
    for secret in SECRETS:
        assert secret not in caplog.text

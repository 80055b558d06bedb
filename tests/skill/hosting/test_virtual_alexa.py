"""A client that is not ours launches, asks every intent of every locale, and ends sessions, over HTTP on loopback."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from interaction_model.model import model_path, read_model
from skill.library.read import locales

CLIENT = Path(__file__).with_name("virtual_alexa") / "client.cjs"
INSTALLED = Path(os.environ.get("GENTLE_BACK_NODE", Path(sys.prefix) / "node")) / "node_modules"

pytestmark = [
    pytest.mark.skipif(not shutil.which("node"), reason="Node.js is not installed"),
    pytest.mark.skipif(
        not (INSTALLED / "virtual-alexa").exists(),
        reason="virtual-alexa is not installed: 'make test' does it with npm",
    ),
]


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start the real command, and stop it as a person does."""
    environment = {**os.environ, "GENTLE_BACK_DATA": str(tmp_path_factory.mktemp("data"))}
    command = [sys.executable, "-u", "-m", "skill", "serve", "--unverified", "--port", "0"]
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as server:
        try:
            assert server.stdout
            assert server.stdout.readline().startswith("NOT VERIFIED")
            yield next(word.rstrip(".") for word in server.stdout.readline().split() if word.startswith("http"))
        finally:
            server.terminate()


@pytest.mark.parametrize("locale", sorted(locales()))
def test_a_third_party_client_is_answered_in_every_locale(locale: str, url: str) -> None:
    command = ["node", str(CLIENT), url, str(model_path(locale)), locale]
    environment = {**os.environ, "NODE_PATH": str(INSTALLED)}
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=120)
    assert ran.returncode == 0, ran.stderr
    told = [json.loads(line) for line in ran.stdout.splitlines()]
    answers = {line["asked"]: line["answer"] for line in told}
    assert {intent.name for intent in read_model(model_path(locale)).intents} < answers.keys()
    for asked, answer in answers.items():
        if asked == "end":
            continue
        response = answer["response"]
        speech = ET.fromstring(response["outputSpeech"]["ssml"])
        assert "".join(speech.itertext()).strip(), asked
        assert response["shouldEndSession"] in {True, False}
    assert "ice" in answers["ice or heat"]["response"]["outputSpeech"]["ssml"]
    assert "about five minutes" in answers["body scan for 5 minutes"]["response"]["outputSpeech"]["ssml"]
    assert answers["stop"]["response"]["shouldEndSession"] is True
    number = {"en-GB": "nine nine nine", "en-AU": "zero zero zero", "en-IN": "one one two"}.get(locale, "nine one one")
    assert number in answers["AMAZON.FallbackIntent"]["response"]["outputSpeech"]["ssml"]

"""Lambda's handler in its own package and its own process: every request gets a legal answer, and none an exception."""

import copy
import importlib
import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from importlib import metadata
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from ask_sdk_model import Request
from hypothesis import given, settings
from hypothesis import strategies as st

from interaction_model.model import model_path, read_model
from skill.alexa.endpoint import Endpoint
from skill.alexa.envelopes import KNOWN
from skill.hosting.packaging import IN_THE_RUNTIME, PackageError, build_package
from skill.simulator.envelope import SKILL_ID, Device, Session

DEVICE = Device(
    "en-US", interfaces={"AudioPlayer": {}, "Alexa.Presentation.APL": {"runtime": {"maxVersion": "2024.3"}}}
)
KINDS = sorted(Request.discriminator_value_class_map)
LARGEST = 25_000_000


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built") / "lambda"
    built = build_package(folder)
    assert built.megabytes * 1e6 < LARGEST
    assert built.runtime == f"python{sys.version_info.major}.{sys.version_info.minor}"
    return folder


def _run(package: Path, program: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run a program that sees the package, Lambda's own library, and nothing else that is installed."""
    runtime = package.parent / "runtime"
    if not runtime.exists():
        runtime.mkdir()
        for name in (*IN_THE_RUNTIME, "urllib3", "python-dateutil", "six"):
            for file in metadata.distribution(name).files or ():
                top = file.parts[0]
                if ".." not in top and not (runtime / top).exists():
                    (runtime / top).symlink_to(
                        file.locate().parents[len(file.parts) - 2] if len(file.parts) > 1 else file.locate()
                    )
    environment = {"GENTLE_BACK_SKILL_ID": SKILL_ID, "PYTHONPATH": f"{package}:{runtime}", **settings}
    command = [sys.executable, "-S", "-c", program]
    return subprocess.run(command, env=environment, cwd=package, capture_output=True, text=True, check=False)


LAUNCH = """
import json, sys
from skill.hosting.aws_lambda import handler
print(json.dumps(handler(json.loads(sys.argv[1] if len(sys.argv) > 1 else ENVELOPE), None)))
print(sorted({name.partition(".")[0] for name in sys.modules}), file=sys.stderr)
"""


def _program(envelope: Mapping[str, Any]) -> str:
    return f"ENVELOPE = {json.dumps(json.dumps(envelope))}\n{LAUNCH}"


def test_the_package_answers_from_its_own_folder_without_what_it_does_not_need(package: Path, tmp_path: Path) -> None:
    memory = f"sqlite:{tmp_path / 'memory.sqlite3'}"
    ran = _run(package, _program(DEVICE.launch(Session())), GENTLE_BACK_MEMORY=memory)
    assert ran.returncode == 0, ran.stderr
    assert "Gentle Back" in json.loads(ran.stdout)["response"]["outputSpeech"]["ssml"]
    for absent in ("numpy", "wordllama", "pyttsx3", "rapidfuzz", "flask", "waitress", "cryptography", "click"):
        assert f"'{absent}'" not in ran.stderr
        assert not (package / absent).exists()
    ours = {path.relative_to(package).as_posix() for path in package.rglob("*.py")}
    for part in ("skill/simulator", "skill/commands", "skill/certification", "speech/local_voice", "speech/player"):
        assert not any(path.startswith(part) for path in ours), part
    assert "interaction_model/resolver.py" not in ours
    assert not list(package.rglob("*.json")) or {path.name for path in package.rglob("*.json")} == {"screen.json"}


WITHOUT_COMPILING = """
import builtins, dataclasses, gc
run = builtins.exec
def watched(source, *worlds):
    if isinstance(source, str) and "__create_fn__" in source:  # what `dataclasses` writes; the library six has its own
        raise SystemExit(f"compiled at the start: {source[:400]}")
    run(source, *worlds)
builtins.exec = watched
from skill.hosting.aws_lambda import endpoint
from skill.conversation.turn import Turn, Want
from skill.relaxation.plan import Plan
from skill.safety.screening import Screen
assert gc.isenabled() and gc.get_freeze_count() > 1000
assert Turn(Want.YES) == Turn(Want.YES) != Turn(Want.NO) and repr(Turn(Want.YES)).startswith("Turn(want=")
try:
    Turn(Want.YES).want = Want.NO
except dataclasses.FrozenInstanceError:
    print("whole")
"""


def test_nothing_is_compiled_when_the_function_starts(package: Path, tmp_path: Path) -> None:
    """Dataclasses come with their methods compiled, and are what they are elsewhere."""
    answered = _run(package, WITHOUT_COMPILING, GENTLE_BACK_MEMORY=f"sqlite:{tmp_path / 'memory.sqlite3'}")
    assert answered.stdout == "whole\n", answered.stderr


def test_the_package_can_reach_a_table_with_lambdas_own_library(package: Path) -> None:
    settings = {"GENTLE_BACK_MEMORY": "dynamodb:listeners", "AWS_DEFAULT_REGION": "eu-west-1"}
    settings |= {
        "GENTLE_BACK_DYNAMODB_URL": "http://127.0.0.1:9",
        "AWS_ACCESS_KEY_ID": "x",
        "AWS_SECRET_ACCESS_KEY": "x",
    }
    ran = _run(package, _program(DEVICE.launch(Session())), **settings)
    assert ran.returncode == 0, ran.stderr
    assert "Gentle Back" in json.loads(ran.stdout)["response"]["outputSpeech"]["ssml"]
    assert "Memory failed: " in ran.stderr  # nobody answers there: it is given, and the loss is logged


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"GENTLE_BACK_SKILL_ID": ""}, "GENTLE_BACK_SKILL_ID is not set"),
        ({"GENTLE_BACK_MEMORY": "dynamodb:"}, "write sqlite, sqlite:FILE or dynamodb:TABLE"),
        ({"GENTLE_BACK_MEMORY": "dynamodb:table"}, "set AWS_DEFAULT_REGION too"),
        ({"GENTLE_BACK_RECORDINGS_URL": "http://example.com"}, "HTTPS on port 443 only"),
    ],
)
def test_a_wrong_setting_stops_the_function_with_what_to_do(settings: dict[str, str], told: str, package: Path) -> None:
    ran = _run(package, _program({}), **settings)
    assert ran.returncode != 0
    assert told in ran.stderr


def test_every_module_is_compiled_and_unmade_for_this_machine(package: Path) -> None:
    modules = [path for path in package.rglob("*.py") if "__pycache__" not in path.parts]
    tag = sys.implementation.cache_tag
    assert modules
    assert all((path.parent / "__pycache__" / f"{path.stem}.{tag}.pyc").exists() for path in modules)
    assert not [path for path in package.rglob("*") if path.suffix in {".so", ".pyd"}]
    somewhere = str(Path.cwd()).encode()
    assert not [path for path in (package / "skill").rglob("*.pyc") if somewhere in path.read_bytes()]


def test_the_same_sources_make_the_same_archive(package: Path, tmp_path: Path) -> None:
    again = build_package(tmp_path / "lambda")
    assert again.archive.read_bytes() == package.with_name("lambda.zip").read_bytes()


def test_the_checkout_itself_is_never_taken_for_a_package(tmp_path: Path) -> None:
    checkout = tmp_path / "checkout"
    (checkout / "skill" / "hosting").mkdir(parents=True)
    (checkout / "skill" / "hosting" / "aws_lambda.py").write_text("")
    with pytest.raises(PackageError, match="holds something else"):
        build_package(checkout)
    assert (checkout / "skill" / "hosting" / "aws_lambda.py").exists()


def test_a_folder_that_holds_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "novel.txt").write_text("chapter one")
    with pytest.raises(PackageError, match="holds something else"):
        build_package(tmp_path)
    assert (tmp_path / "novel.txt").read_text() == "chapter one"


@pytest.fixture(scope="module")
def handler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Import the entrance as Lambda does, in this process."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GENTLE_BACK_SKILL_ID", SKILL_ID)
        patch.setenv("GENTLE_BACK_MEMORY", f"sqlite:{tmp_path_factory.mktemp('memory') / 'memory.sqlite3'}")
        sys.modules.pop("skill.hosting.aws_lambda", None)
        yield importlib.import_module("skill.hosting.aws_lambda").handler  # it reads its settings when it is imported
        sys.modules.pop("skill.hosting.aws_lambda", None)


SPOKEN = {"LaunchRequest", "IntentRequest", "Alexa.Presentation.APL.UserEvent"}
PLAYER = re.compile(r"AudioPlayer\.|PlaybackController\.")


def check_legal(kind: str, answer: Mapping[str, Any]) -> None:
    """Hold an answer against what Alexa allows for a kind of request."""
    assert answer["version"] == "1.0"
    assert len(json.dumps(answer)) < 120_000
    response = answer["response"]
    if kind not in SPOKEN:
        allowed = {"directives"} if PLAYER.match(kind) else set()
        allowed |= {"canFulfillIntent"} if kind == "CanFulfillIntentRequest" else set()
        assert response.keys() <= allowed, kind
        assert "shouldEndSession" not in response
        return
    if response.get("directives") == [{"type": "AudioPlayer.Stop"}]:  # words beside it would undo it
        assert response == {"directives": response["directives"], "shouldEndSession": True}
        return
    ssml = response["outputSpeech"]["ssml"]
    assert len(ssml) < 7_500
    ET.fromstring(ssml)
    assert response["shouldEndSession"] in {True, False}
    if "reprompt" in response:
        ET.fromstring(response["reprompt"]["outputSpeech"]["ssml"])
        assert response["shouldEndSession"] is False


def _envelope(kind: str, **request: object) -> dict[str, Any]:
    envelope = DEVICE.launch(Session())
    envelope["request"] |= {"type": kind, **request}
    return envelope


@pytest.mark.parametrize("kind", [*KINDS, "Alexa.Brand.New", "intentrequest", "x" * 5000])
def test_every_kind_of_request_gets_a_legal_answer(kind: str, handler) -> None:
    intent = {"name": "IceIntent", "confirmationStatus": "NONE", "slots": {}}
    bare, full = _envelope(kind), _envelope(kind, intent=intent, token="gentle-back/beach/5/sitting/1")
    outside = {key: value for key, value in full.items() if key != "session"}
    for envelope in (bare, full, outside, {**full, "newest": {"deep": [1]}}):
        check_legal(kind, handler(envelope, None))


def test_the_kinds_that_are_acted_on_are_known_to_the_sdk() -> None:
    assert set(KINDS) >= KNOWN


@pytest.mark.parametrize("event", [{}, [], None, "launch", {"request": {}}, {"request": {"type": "LaunchRequest"}}, 5])
def test_what_is_no_envelope_gets_nothing(event: object, handler, caplog: pytest.LogCaptureFixture) -> None:
    assert handler(event, None)["response"] == {}
    assert "Refused a request" in caplog.text


def test_another_skills_request_gets_nothing(handler, caplog: pytest.LogCaptureFixture) -> None:
    envelope = json.loads(json.dumps(_envelope("LaunchRequest")).replace("00000000-0000", "11111111-0000"))
    assert handler(envelope, None)["response"] == {}
    assert "Refused a request" in caplog.text


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)

NEEDED = (
    ("request", "type"),
    ("context", "System", "application", "applicationId"),
    ("session", "application", "applicationId"),  # the pretend Echo writes one object in both places
)
"""Without these it is no request for this skill."""

INTENTS = [intent.name for intent in read_model(model_path("en-US")).intents]


def _paths(value: object, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if path:
        yield path
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _paths(inner, (*path, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _paths(inner, (*path, number))


def _whole(kind: str, intent: str) -> dict[str, Any]:
    """Return an envelope with everything that the skill reads, and more."""
    resolved = {
        "name": "topic",
        "value": "ice",
        "resolutions": {
            "resolutionsPerAuthority": [
                {
                    "authority": "a",
                    "status": {"code": "ER_SUCCESS_MATCH"},
                    "values": [{"value": {"name": "ice", "id": "ice"}}],
                }
            ]
        },
    }
    minutes = {"name": "minutes", "value": "5"}
    envelope = _envelope(
        kind,
        intent={"name": intent, "slots": {"topic": resolved, "minutes": minutes}},
        token="gentle-back/beach/5/sitting/1",
        offsetInMilliseconds=5000,
        arguments=["yes"],
        reason="ERROR",
        error={"type": "INVALID_RESPONSE", "message": "m"},
        cause={"requestId": "r"},
    )
    envelope["context"]["AudioPlayer"] = {
        "token": "gentle-back/beach/5/sitting/1",
        "offsetInMilliseconds": 5000,
        "playerActivity": "PLAYING",
    }
    envelope["session"]["attributes"] = {
        "said": ["says:ice"], "offer": "more:ice", "trail": ["says:ice"], "rate": 0.8, "been_here": True,
        "practice": {"script": "beach", "minutes": 5, "posture": "sitting", "began": 1_800_000_000.0},
    }  # fmt: skip
    return envelope


@settings(max_examples=400, deadline=None)
@given(data=st.data(), kind=st.sampled_from(sorted(KNOWN)), intent=st.sampled_from(INTENTS))
def test_any_value_anywhere_in_a_request_gets_a_legal_answer(data, kind: str, intent: str, handler) -> None:
    envelope = copy.deepcopy(_whole(kind, intent))
    touched = set()
    for _ in range(data.draw(st.integers(1, 3))):
        path = data.draw(st.sampled_from(list(_paths(envelope))))
        touched.add(path)
        holder: Any = envelope
        for key in path[:-1]:
            holder = holder[key]
        if isinstance(holder, dict) and data.draw(st.booleans()):
            del holder[path[-1]]
        else:
            holder[path[-1]] = data.draw(VALUES)
    answer = handler(envelope, None)
    if any(path == needed[: len(path)] or path == needed for path in touched for needed in NEEDED):
        assert answer["version"] == "1.0"  # it may be no envelope any more, or one for another skill
        return
    check_legal(kind, answer)


def test_the_endpoint_and_the_handler_are_one_skill(handler, endpoint: Endpoint) -> None:
    envelope = _envelope("IntentRequest", intent={"name": "IceIntent"})
    envelope["context"]["System"]["user"]["userId"] = "somebody new"
    assert handler(envelope, None)["response"] == endpoint.answer(envelope)["response"]

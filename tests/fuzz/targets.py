"""What is fuzzed: each function returns a target, and cases to begin with. A target lets only defects through."""

from __future__ import annotations

import atexit
import json
import tempfile
import wave
from collections.abc import Callable, Sequence
from pathlib import Path

import click
from ask_sdk_core.exceptions import AskSdkException

from interaction_model.normalise import normalise
from skill.__main__ import commands
from skill.alexa.endpoint import Endpoint
from skill.alexa.words import WordsByLocale
from skill.library.faults import Fault
from skill.library.fields import Fields, read_file
from skill.library.read import CONTENT, _entry, load, locales
from skill.memory.sqlite import SqliteMemory
from skill.safety.screening import Screen
from skill.simulator import room
from skill.simulator.envelope import SKILL_ID, Device, Session
from skill.simulator.evaluation import WordingsError, read_wordings
from skill.simulator.utterances import utterance
from speech.captions import plain_text
from speech.hearing.sound import SoundError, read_sound
from speech.ssml import to_ssml
from speech.ssml_reader import SsmlError, from_ssml

Target = tuple[Callable[[bytes], None], Sequence[bytes]]

SAYINGS = tuple(
    line.encode()
    for line in (
        "should i use ice or heat",
        "what does spondylolisthesis mean",
        "my chest is tight and i cannot breathe",
        "so my back hurts again, and i never know, should i put ice or heat on it",
        "is sigh attica from are a",
        "ten years ago i had chest pain but today it is back",
        "body scan for ten minutes",
    )
)


def _folder() -> Path:
    """Make a folder that goes with the process."""
    folder = tempfile.TemporaryDirectory()
    atexit.register(folder.cleanup)
    return Path(folder.name)


def request() -> Target:
    """Bytes to the skill: an answer as Alexa takes it, or the SDK's own refusal."""
    folder = _folder()
    words = WordsByLocale(lambda locale: load(locale=locale), locales())
    skill = Endpoint(words, SqliteMemory(folder / "memory.sqlite3"), SKILL_ID).skill
    device, session = Device("en-US"), Session()
    whole = [device.launch(session), device.session_ended(session, "USER_INITIATED"), device.touch(session, "yes")]
    for name in ("IceOrHeatIntent", "DescribeIntent", "BodyScanIntent", "AMAZON.YesIntent", "AboutIntent"):
        envelope = device.launch(session)
        slot = {"name": "query", "value": "chest pain", "resolutions": {"resolutionsPerAuthority": [None]}}
        envelope["request"] |= {"type": "IntentRequest", "intent": {"name": name, "slots": {"query": slot}}}
        whole.append(envelope)

    def target(case: bytes) -> None:
        try:
            read = skill.serializer.deserialize(case, None)
        except AskSdkException:
            return
        try:
            answer = skill.serializer.serialize(skill.invoke(request_envelope=read, context=None))
        except AskSdkException as error:
            if "Skill ID" not in str(error):
                raise
            return
        response = answer["response"]
        speech = response.get("outputSpeech", {}).get("ssml")
        if speech:
            from_ssml(speech)
        if len(json.dumps(answer.get("sessionAttributes") or {})) > 4096:
            raise AssertionError("session attributes grew")

    return target, [json.dumps(envelope).encode() for envelope in whole]


def ssml() -> Target:
    """Text to the SSML reader: refused with a reason, or read, written and read to the same."""

    def target(case: bytes) -> None:
        text = case.decode("utf-8", "replace")
        try:
            words = from_ssml(text)
        except SsmlError:
            return
        assert from_ssml(to_ssml(words)) == words
        plain_text(words)

    return target, [
        b'<speak><s>Try ice.</s><break time="500ms"/><s>Then <sub alias="heat">heat</sub>.</s></speak>',
        b'<speak><prosody rate="85%"><s>In.</s><break time="4s"/></prosody><p>And &amp; out.</p></speak>',
    ]


def content() -> Target:
    """Bytes as an author's file: an entry, or faults that each name the mend."""
    folder = _folder()

    def target(case: bytes) -> None:
        (folder / "case.toml").write_bytes(case)
        faults: list[Fault] = []
        nothing: dict[str, object] = {}
        read = read_file(folder, "case.toml", faults, lambda fields: dict(_read(fields)), nothing)
        assert read or faults
        assert all(fault.file and fault.wrong and fault.mend for fault in faults)

    def _read(fields: Fields) -> dict[str, object]:
        return dict(_entry("case", "article", fields))

    return target, [path.read_bytes()[:1500] for path in sorted((CONTENT / "answers").glob("*.toml"))[:12]]


def screening() -> Target:
    """Words to the danger signs: a finding or none, the same each time; normalising twice changes nothing."""
    screen = Screen(load())

    def target(case: bytes) -> None:
        text = case.decode("utf-8", "replace")
        found = screen.screen(text)
        assert found == screen.screen(text)
        screen.sounds_harmless(text)
        plain = normalise(text)
        assert screen.screen(plain) == found or normalise(plain) != plain

    return target, SAYINGS


def resolver() -> Target:
    """Words to the resolver: an intent, and a confidence that is a share."""
    learnt = room.resolver("en-US")

    def target(case: bytes) -> None:
        found = learnt.resolve(case.decode("utf-8", "replace"))
        assert found.intent
        assert 0 <= found.confidence <= 1

    return target, SAYINGS


def command_line() -> Target:
    """Arguments, NUL between them: a command with its options, or a sentence and the status of it."""

    def target(case: bytes) -> None:
        arguments = [part.decode("utf-8", "replace") for part in case.split(b"\0")]
        try:
            context = commands.make_context("gentle-back", list(arguments))
            given = [*context.protected_args, *context.args]
            if not given:
                return
            name, command, rest = commands.resolve_command(context, given)
            if command:
                command.make_context(name, rest, parent=context)
        except (click.ClickException, click.exceptions.Exit):
            return

    return target, [
        b"ask\0--mute\0ice or heat?",
        b"talk\0--mic\0--pause\0002",
        b"relax\0beach\0--minutes\0005",
        b"say\0ice\0--rate\000120\0--voice\0en-gb",
        b"serve\0--simulator\0--port\08080",
        b"evaluate\0FILE\0--only-numbers",
    ]


def wordings() -> Target:
    """Files of wordings, and lines of a script: read, or told which line to mend."""
    library = load()
    path = _folder() / "wordings.tsv"

    def target(case: bytes) -> None:
        path.write_bytes(case)
        try:
            assert read_wordings(path, library)
        except WordingsError as error:
            told = str(error)
            assert "wordings.tsv" in told
        said = utterance(case.decode("utf-8", "replace"))
        assert said.text or said.fault

    return target, [b"ice or heat\tice-or-heat\nplay jazz\tFAR\n", b"kind\texpected\twording\nlay\tF23\tis ice good\n"]


def sound() -> Target:
    """Bytes as a WAV file: samples, or what is wrong with it and what to do."""
    path = _folder() / "question.wav"
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, 16_000, 0, "NONE", ""))
        file.writeframes(bytes(range(200)) * 4)

    def target(case: bytes) -> None:
        path.write_bytes(case)
        try:
            assert len(read_sound(path))
        except SoundError as error:
            told = str(error)
            assert "question.wav" in told

    return target, [path.read_bytes()]

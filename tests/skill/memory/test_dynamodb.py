"""Memory in DynamoDB, over its real protocol; and the same conversation with either memory."""

import json
import logging
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from ask_sdk_core.attributes_manager import AbstractPersistenceAdapter
from ask_sdk_core.exceptions import PersistenceException

from interaction_model.resolver import Resolution
from skill.alexa.endpoint import Endpoint
from skill.alexa.words import WordsByLocale
from skill.memory.choice import choose_memory
from skill.memory.sqlite import SqliteMemory
from skill.settings import MEMORY, MemoryChoice, SettingError, memory_choice
from skill.simulator.envelope import SKILL_ID, Device, Session

DEVICE = Device("en-US")


@pytest.fixture
def memory(dynamodb: Any) -> Any:
    from skill.memory.dynamodb import DynamoDbMemory  # noqa: PLC0415 (the SDK's adapter needs a region)

    return DynamoDbMemory("listeners", dynamodb)


@pytest.fixture(params=["sqlite", "dynamodb"])
def either(request: pytest.FixtureRequest, tmp_path: Path) -> AbstractPersistenceAdapter:
    if request.param == "sqlite":
        return SqliteMemory(tmp_path / "memory.sqlite3")
    return request.getfixturevalue("memory")


class Visit:
    """One Alexa session of one listener, whose attributes go to and fro as Alexa carries them."""

    def __init__(self, endpoint: Endpoint, device: Device = DEVICE) -> None:
        self.endpoint, self.device, self.session = endpoint, device, Session()

    def say(self, intent: str) -> dict[str, Any]:
        return self._answer(self.device.intent(self.session, Resolution(intent)))

    def open(self) -> dict[str, Any]:
        return self._answer(self.device.launch(self.session))

    def _answer(self, envelope: dict[str, Any]) -> dict[str, Any]:
        answer = self.endpoint.answer(json.loads(json.dumps(envelope)))
        self.session.new = False
        self.session.attributes = answer.get("sessionAttributes", {})
        return answer["response"]


def _ssml(response: dict[str, Any]) -> str:
    return response["outputSpeech"]["ssml"]


def test_the_same_conversation_over_several_days(either: AbstractPersistenceAdapter, words: WordsByLocale) -> None:
    endpoint = Endpoint(words, either, SKILL_ID)
    first = Visit(endpoint)
    assert "a computer program" in _ssml(first.open())
    assert "a bit slower" in _ssml(first.say("SlowerIntent"))
    assert 'rate="80%"' in _ssml(first.say("IceIntent"))
    first.say("BodyScanIntent")
    assert "Stopped." in _ssml(first.say("AMAZON.StopIntent"))

    second = Visit(endpoint)
    welcome = _ssml(second.open())
    assert "body scan" in welcome
    assert 'rate="80%"' in welcome
    assert second.say("AMAZON.YesIntent")["shouldEndSession"] is False
    assert second.session.attributes["practice"]["script"] == "body-scan"
    second.say("AMAZON.StopIntent")

    third = Visit(endpoint)
    third.open()
    assert "I have forgotten" in _ssml(third.say("ForgetIntent"))
    assert "a computer program" in _ssml(Visit(endpoint).open())
    stranger = Visit(endpoint, Device("en-US", user_id="amzn1.ask.account.SOMEBODY-ELSE"))
    assert "a computer program" in _ssml(stranger.open())


def test_two_devices_at_once_keep_each_others_changes(either: AbstractPersistenceAdapter, words: WordsByLocale) -> None:
    endpoint = Endpoint(words, either, SKILL_ID)
    kitchen, bedroom = Visit(endpoint), Visit(endpoint)
    kitchen.open()
    bedroom.open()
    kitchen.say("SlowerIntent")
    bedroom.say("SimpleOnIntent")
    kitchen.say("HearingOnIntent")
    later = Visit(endpoint)
    later.open()
    assert later.session.attributes["rate"] == 0.8
    assert later.session.attributes["simple"] is True
    assert later.session.attributes["hearing"] is True


def test_what_was_forgotten_on_one_device_does_not_come_back_from_another(
    either: AbstractPersistenceAdapter, words: WordsByLocale
) -> None:
    endpoint = Endpoint(words, either, SKILL_ID)
    kitchen, bedroom = Visit(endpoint), Visit(endpoint)
    kitchen.open()
    kitchen.say("SlowerIntent")
    bedroom.open()
    kitchen.say("ForgetIntent")
    bedroom.say("SimpleOnIntent")
    later = Visit(endpoint)
    later.open()
    assert "rate" not in later.session.attributes


def test_a_row_expires_a_year_after_its_last_change(memory: Any, dynamodb: Any, words: WordsByLocale) -> None:
    Visit(Endpoint(words, memory, SKILL_ID)).open()
    (row,) = dynamodb.Table("listeners").scan()["Items"]
    assert row.keys() == {"id", "attributes", "expires"}
    assert 364 < (int(row["expires"]) - time.time()) / 86_400 < 366
    assert row["attributes"].keys() == {"been_here", "version"}


def test_a_write_that_crosses_another_is_not_done_and_is_told(memory: Any) -> None:
    envelope = _envelope()
    for _ in range(2):
        memory.save_attributes(envelope, memory.get_attributes(envelope))
    stale = memory.get_attributes(envelope)
    memory.save_attributes(envelope, stale)
    with pytest.raises(PersistenceException, match="ConditionalCheckFailed"):
        memory.save_attributes(envelope, stale)
    with pytest.raises(PersistenceException, match="ConditionalCheckFailed"):
        memory.save_attributes(envelope, {})


def test_numbers_come_back_as_they_were(memory: Any) -> None:
    kept = {"rate": 0.8, "whole": 5, "deep": {"list": [1, 2.5, "x", True, None]}}
    memory.save_attributes(_envelope(), kept)
    assert memory.get_attributes(_envelope()) == {**kept, "version": 1}


@pytest.mark.parametrize("row", ["text", 5, [1], {"bytes": b"x"}])
def test_a_row_that_is_none_of_ours_is_told(row: object, memory: Any, dynamodb: Any) -> None:
    dynamodb.Table("listeners").put_item(Item={"id": DEVICE.user_id, "attributes": row})
    with pytest.raises(PersistenceException, match="no JSON"):
        memory.get_attributes(_envelope())


@pytest.mark.parametrize("row", [{"id": DEVICE.user_id}, {"id": DEVICE.user_id, "attributes": {}}])
def test_a_row_without_a_version_is_taken_over(row: dict[str, Any], memory: Any, dynamodb: Any) -> None:
    dynamodb.Table("listeners").put_item(Item=row)
    assert memory.get_attributes(_envelope()) == {}
    memory.save_attributes(_envelope(), {"simple": True})
    assert memory.get_attributes(_envelope()) == {"simple": True, "version": 1}


def test_somebody_who_comes_back_within_the_year_is_never_forgotten(dynamodb: Any) -> None:
    from skill.memory.dynamodb import DynamoDbMemory  # noqa: PLC0415 (needs a region)

    now = [1_800_000_000.0]
    memory = DynamoDbMemory("listeners", dynamodb, lambda: now[0])
    memory.save_attributes(_envelope(), {"simple": True})
    for _ in range(30):
        now[0] += 50 * 86_400
        assert memory.get_attributes(_envelope())["simple"] is True
        (row,) = dynamodb.Table("listeners").scan()["Items"]
        assert row["expires"] > now[0] + 330 * 86_400
    memory.save_attributes(_envelope(), memory.get_attributes(_envelope()))


def test_the_same_moment_on_two_devices_costs_one_change_and_is_told(
    either: AbstractPersistenceAdapter, words: WordsByLocale
) -> None:
    envelope = _envelope()
    either.save_attributes(envelope, {"simple": True})
    one, other = either.get_attributes(envelope), either.get_attributes(envelope)
    either.save_attributes(envelope, {**one, "rate": 0.8})
    with pytest.raises(PersistenceException):
        either.save_attributes(envelope, {**other, "hearing": True})
    assert either.get_attributes(envelope)["rate"] == 0.8


def test_many_threads_can_begin_one_file_at_once(tmp_path: Path) -> None:
    for number in range(10):
        memory, failures = SqliteMemory(tmp_path / f"{number}.sqlite3"), []

        def begin(memory: SqliteMemory = memory, failures: list[Exception] = failures) -> None:
            try:
                memory.get_attributes(_envelope())
            except PersistenceException as error:
                failures.append(error)

        threads = [threading.Thread(target=begin) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert failures == []


def _envelope() -> Any:
    from skill.alexa.reader import EnvelopeReader  # noqa: PLC0415 (needed here only)

    return EnvelopeReader().read(DEVICE.launch(Session()))


@contextmanager
def _server(answer: bytes | None) -> Iterator[str]:
    """Listen, and answer each request with these bytes, or never."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        connections: list[socket.socket] = []

        def serve() -> None:
            while True:
                try:
                    connection, _ = listening.accept()
                except OSError:
                    return
                connections.append(connection)
                if answer is not None:
                    connection.recv(65536)
                    connection.sendall(answer)
                    connection.close()

        threading.Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        for connection in connections:
            connection.close()
        listening.shutdown(socket.SHUT_RDWR)


def _error(status: int, code: str) -> bytes:
    body = json.dumps({"__type": f"com.amazonaws.dynamodb.v20120810#{code}", "message": "no"}).encode()
    kind = f"Connection: close\r\nContent-Type: application/x-amz-json-1.0\r\nContent-Length: {len(body)}"
    return f"HTTP/1.1 {status} X\r\n{kind}\r\n\r\n".encode() + body


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (_error(400, "ProvisionedThroughputExceededException"), "ProvisionedThroughputExceededException"),
        (_error(400, "ThrottlingException"), "ThrottlingException"),
        (_error(400, "ResourceNotFoundException"), "ResourceNotFoundException"),
        (_error(400, "TransactionConflictException"), "TransactionConflictException"),
        (_error(500, "InternalServerError"), "InternalServerError"),
        (b"nonsense", "Memory failed"),
        (None, "Timeout"),
    ],
)
def test_a_table_that_fails_never_costs_an_answer(
    answer: bytes | None, told: str, words: WordsByLocale, caplog: pytest.LogCaptureFixture, dynamodb_url: str
) -> None:
    from skill.memory.dynamodb import DynamoDbMemory, resource  # noqa: PLC0415 (needs a region)

    with _server(answer) as url:
        endpoint = Endpoint(words, DynamoDbMemory("listeners", resource("eu-west-1", url)), SKILL_ID)
        visit = Visit(endpoint)
        began = time.monotonic()
        with caplog.at_level(logging.WARNING):
            assert "Gentle Back" in _ssml(visit.open())
        assert time.monotonic() - began < 7.5  # Alexa waits eight
        assert "slower" in _ssml(visit.say("SlowerIntent"))
    assert told in caplog.text
    assert caplog.text.count("Memory failed") >= 2


def test_a_table_that_cannot_be_reached_is_told_by_its_check(dynamodb_url: str, memory: Any) -> None:
    memory.check()
    gone = choose_memory(MemoryChoice("dynamodb", "listeners", "eu-west-1", "http://127.0.0.1:9"), Path())
    with pytest.raises(PersistenceException, match="EndpointConnectionError"):
        gone.check()
    absent = choose_memory(MemoryChoice("dynamodb", "absent", "eu-west-1", dynamodb_url), Path())
    with pytest.raises(PersistenceException, match="ResourceNotFoundException"):
        absent.check()


@pytest.mark.parametrize(
    ("environment", "choice"),
    [
        ({}, MemoryChoice("sqlite", "")),
        ({MEMORY: "sqlite:/var/lib/gentle-back.sqlite3"}, MemoryChoice("sqlite", "/var/lib/gentle-back.sqlite3")),
        ({MEMORY: "dynamodb:a-table", "AWS_REGION": "us-east-1"}, MemoryChoice("dynamodb", "a-table", "us-east-1")),
    ],
)
def test_one_setting_chooses(environment: dict[str, str], choice: MemoryChoice) -> None:
    assert memory_choice(environment) == choice


@pytest.mark.parametrize("written", ["postgres", "dynamodb", "dynamodb:", "dynamodb:a b", "SQLITE", "dynamodb:table"])
def test_a_choice_that_cannot_be_used_says_what_to_write(written: str) -> None:
    with pytest.raises(SettingError, match=r"write sqlite, sqlite:FILE|set AWS_DEFAULT_REGION"):
        memory_choice({MEMORY: written})

"""The real server on a real port: what a client may do wrong, the pages, the recordings, the log."""

import json
import logging
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection

import pytest
from flask import Flask
from flask.testing import FlaskClient
from waitress import wasyncore

from skill.alexa.endpoint import Endpoint
from skill.certification.pretend_amazon import PretendAmazon
from skill.hosting.app import Service, create_app
from skill.hosting.readiness import problems
from skill.hosting.server import WHOLE_REQUEST, make_server
from skill.hosting.verification import LARGEST_BODY
from skill.memory.sqlite import SqliteMemory
from skill.simulator.envelope import Device, Session

DEVICE = Device("en-US")
SAID = "my knees weep"


@pytest.fixture
def port(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """Serve the application; whoever takes a second over a request is slow."""
    monkeypatch.setattr("skill.hosting.server.WHOLE_REQUEST", 1.0)
    monkeypatch.setattr("skill.hosting.server.SILENCE", 2)
    server = make_server(app, "127.0.0.1", 0, threads=2)
    stop = threading.Event()

    def run() -> None:
        """Do what `server.run` does until the test is over, and close on the thread that reads."""
        while not stop.is_set():
            wasyncore.loop(timeout=0.1, map=server._map, count=1)
        server.task_dispatcher.shutdown(timeout=5)
        server.close()
        for channel in list(server.active_channels.values()):
            channel.close()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    yield server.effective_port
    stop.set()
    thread.join(10)


def _raw(port: int, *pieces: bytes, every: float = 0.0, then_leave: bool = False) -> bytes:
    """Send pieces of a request and return all that comes back."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        for piece in pieces:
            try:
                connection.sendall(piece)
            except OSError:
                break  # it was answered before its end
            time.sleep(every)
        if then_leave:
            connection.shutdown(socket.SHUT_WR)
        answer = b""
        try:
            while piece := connection.recv(65536):
                answer += piece
                if answer.startswith(b"HTTP/1.1 4"):
                    break
        except (ConnectionError, TimeoutError):
            pass
        return answer


def _head(length: int, **headers: str) -> bytes:
    lines = [f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items()]
    return f"POST / HTTP/1.1\r\nHost: here\r\nContent-Length: {length}\r\n{''.join(lines)}\r\n".encode()


def _status(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1]) if answer else 0


def test_alexa_is_answered_over_http(port: int, amazon: PretendAmazon) -> None:
    headers, body = amazon.signed(DEVICE.launch(Session()))
    with closing(HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
        connection.request("POST", "/", body, {**headers, "Content-Type": "application/json"})
        answer = connection.getresponse()
        said = answer.read()
    assert answer.status == 200
    assert "Gentle Back" in json.loads(said)["response"]["outputSpeech"]["ssml"]
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Server"] is None


def test_a_body_that_drips_is_refused_in_time(port: int) -> None:
    began = time.monotonic()
    assert _status(_raw(port, _head(5000), *[b"{"] * 100, every=0.1)) == 400
    assert time.monotonic() - began < 8  # a hundred drops take ten seconds


def test_headers_that_drip_are_refused_in_time(port: int) -> None:
    pieces = [b"POST / HTTP/1.1\r\n", *[b"x" * 9 + b"-header: 1\r\n"] * 60]
    assert _status(_raw(port, *pieces, every=0.1)) == 400


def test_a_body_that_stops_is_not_waited_for(port: int) -> None:
    began = time.monotonic()
    assert _status(_raw(port, _head(5000), b"{")) in {0, 400}
    assert time.monotonic() - began < 12


def test_a_body_that_ends_too_early_is_not_answered_with_success(port: int, amazon: PretendAmazon) -> None:
    headers, body = amazon.signed(DEVICE.launch(Session()))
    named = {"SignatureCertChainUrl": headers["SignatureCertChainUrl"], "Signature_256": headers["Signature-256"]}
    assert _status(_raw(port, _head(len(body), **named), body[:-10], then_leave=True)) in {0, 400}
    assert _status(_raw(port, _head(len(body) - 10, **named), body[:-10])) == 400


def test_a_body_that_is_too_large_is_refused(port: int) -> None:
    assert _status(_raw(port, _head(LARGEST_BODY + 1), b"x" * 10_000)) == 413
    chunks = [b"POST / HTTP/1.1\r\nHost: here\r\nTransfer-Encoding: chunked\r\n\r\n"]
    chunks += [b"2710\r\n" + b"x" * 10_000 + b"\r\n"] * 40
    assert _status(_raw(port, *chunks)) in {400, 413}


def test_headers_that_are_too_large_are_refused(port: int) -> None:
    assert _status(_raw(port, _head(2, X=("y" * 20_000)))) == 431


def test_somebody_slow_keeps_nobody_else_waiting(port: int, amazon: PretendAmazon) -> None:
    slow = [socket.create_connection(("127.0.0.1", port)) for _ in range(20)]
    for connection in slow:
        connection.sendall(_head(5000) + b"{")
    headers, body = amazon.signed(DEVICE.launch(Session()))
    began = time.monotonic()
    with closing(HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
        connection.request("POST", "/", body, headers)
        assert connection.getresponse().status == 200
    assert time.monotonic() - began < 8
    for each in slow:
        each.close()


def test_the_time_for_a_whole_request_is_shorter_than_alexas_patience() -> None:
    assert WHOLE_REQUEST < 8


def test_a_client_that_leaves_in_the_middle_is_refused(client: FlaskClient) -> None:
    answer = client.post("/", data=b"{", headers={"Content-Length": "100"})
    assert answer.status_code == 400


def test_the_pages_tell_that_it_is_there_ready_and_what_it_keeps(client: FlaskClient) -> None:
    for path, text in (("/health", "I am here."), ("/ready", "Ready."), ("/privacy", "Nothing is kept.")):
        answer = client.get(path)
        assert (answer.status_code, answer.text.strip()) == (200, text)
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")


def test_a_memory_that_cannot_be_used_is_told_by_ready(words, tmp_path, verifier) -> None:
    (tmp_path / "memory.sqlite3").mkdir()
    memory = SqliteMemory(tmp_path / "memory.sqlite3")
    service = Service(Endpoint(words, memory, "amzn1.ask.skill.x").skill, verifier, lambda: problems(memory), "")
    answer = create_app(service).test_client().get("/ready")
    assert answer.status_code == 503
    assert "Nobody is remembered" in answer.text


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 405),
        ("PUT", "/", 405),
        ("GET", "/nothing", 404),
        ("POST", "/health", 405),
        ("GET", "/recordings/", 404),
        ("GET", "/recordings/absent.mp3", 404),
        ("GET", "/recordings/manifest.json", 404),
        ("GET", "/recordings/..%2fmemory.sqlite3", 404),
        ("GET", "/recordings/%2e%2e/memory.sqlite3", 404),
        ("GET", "/recordings/.mp3", 404),
        ("TRACE", "/", 405),
    ],
)
def test_what_is_not_there_is_told_in_a_line(method: str, path: str, status: int, client: FlaskClient) -> None:
    answer = client.open(path, method=method)
    assert answer.status_code == status
    assert answer.text.count("\n") == 1
    assert "<" not in answer.text


def test_recordings_are_served_whole_and_in_ranges(client: FlaskClient, tmp_path) -> None:
    sound = bytes(range(256)) * 40
    (tmp_path / "recordings" / "beach-5-sitting.mp3").write_bytes(sound)
    url = "/recordings/beach-5-sitting.mp3"
    whole = client.get(url, buffered=True)
    assert whole.data == sound
    assert whole.headers["Content-Type"] == "audio/mpeg"
    assert whole.headers["Accept-Ranges"] == "bytes"
    part = client.get(url, buffered=True, headers={"Range": "bytes=100-199"})
    assert (part.status_code, part.data) == (206, sound[100:200])
    assert part.headers["Content-Range"] == f"bytes 100-199/{len(sound)}"
    assert client.get(url, buffered=True, headers={"Range": "bytes=10000-"}).data == sound[10000:]
    assert client.get(url, buffered=True, headers={"Range": "bytes=-10"}).data == sound[-10:]
    assert client.get(url, buffered=True, headers={"Range": "bytes=999999-"}).status_code == 416
    assert client.head(url, buffered=True).headers["Content-Length"] == str(len(sound))
    assert client.get(url, buffered=True, headers={"If-None-Match": whole.headers["ETag"]}).status_code == 304


def test_an_error_of_ours_is_one_line_and_logs_no_words(
    client: FlaskClient, amazon: PretendAmazon, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError(SAID)

    monkeypatch.setattr("ask_sdk_core.skill.CustomSkill.invoke", fail)
    client.application.testing = False
    with caplog.at_level(logging.DEBUG):
        headers, body = amazon.signed(DEVICE.launch(Session()))
        answer = client.post("/", headers=headers, data=body)
    assert (answer.status_code, answer.text) == (500, "Something went wrong here.\n")
    assert "RuntimeError" in caplog.text
    assert SAID not in caplog.text

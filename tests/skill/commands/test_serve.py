"""The commands for hosts, as they are run: serve, package, model, check."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

import skill
from skill.commands.model import _wrong_with
from skill.commands.serve import _is_loopback
from skill.simulator.envelope import Device, Session

ID = {"GENTLE_BACK_SKILL_ID": "amzn1.ask.skill.12345678-1234-1234-1234-123456789abc"}


@contextmanager
def _serving(
    tmp_path: Path, *arguments: str, **settings: str
) -> Iterator[tuple[subprocess.Popen[str], list[str], int]]:
    """Run the real command; yield it, the lines that it began with, and its port."""
    environment = {**os.environ, "GENTLE_BACK_DATA": str(tmp_path / "data"), **settings}
    command = [sys.executable, "-u", "-m", "skill", "serve", "--port", "0", *arguments]
    pipes: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    # Who is started in the background by a shell inherits a Control-C that is ignored.
    pipes["preexec_fn"] = lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)
    with subprocess.Popen(command, env=environment, **pipes) as server:
        try:
            lines: list[str] = []
            while not lines or "answers at" not in lines[-1]:
                line = server.stdout.readline() if server.stdout else ""
                assert line, server.stderr.read() if server.stderr else ""
                lines.append(line)
            yield server, lines, int(lines[-1].rpartition(":")[2].partition("/")[0])
        finally:
            server.kill()


def _post(port: int, body: bytes) -> tuple[int, bytes]:
    with closing(HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
        connection.request("POST", "/", body)
        answer = connection.getresponse()
        return answer.status, answer.read()


def test_it_verifies_unless_told_otherwise(tmp_path: Path) -> None:
    with _serving(tmp_path, **ID) as (_, lines, port):
        assert len(lines) == 1
        assert _post(port, json.dumps(Device("en-US").launch(Session())).encode())[0] == 400


def test_unverified_it_says_so_and_answers_and_remembers(tmp_path: Path) -> None:
    with _serving(tmp_path, "--unverified") as (_, lines, port):
        assert lines[0].startswith("NOT VERIFIED: ")
        status, answer = _post(port, json.dumps(Device("en-GB").launch(Session())).encode())
        assert status == 200
        assert "Gentle Back" in json.loads(answer)["response"]["outputSpeech"]["ssml"]
    assert (tmp_path / "data" / "memory.sqlite3").exists()


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_it_ends_when_it_is_told_to(number: int, status: int, tmp_path: Path) -> None:
    with _serving(tmp_path, **ID) as (server, _, _):
        server.send_signal(number)
        _, errors = server.communicate(timeout=60)
    assert "Traceback" not in errors
    assert server.returncode in {0, status}


@pytest.mark.parametrize(
    ("arguments", "settings", "told"),
    [
        ((), {}, "GENTLE_BACK_SKILL_ID is not set"),
        ((), {"GENTLE_BACK_SKILL_ID": "my skill"}, "is no skill id"),
        (("--host", "0.0.0.0", "--unverified"), {}, "anybody who can reach 0.0.0.0"),
        (("--host", "no.such.host.invalid", "--unverified"), {}, "anybody who can reach"),
        (("--host", "203.0.113.1"), ID, "a --host of this computer"),
        (("--host", "no.such.host.invalid"), ID, "a --host of this computer"),
        (("--recordings", "/nowhere"), ID, "does not exist"),
        (("--port", "70000"), ID, "0<=x<=65535"),
        ((), {**ID, "GENTLE_BACK_MEMORY": "paper"}, "write sqlite, sqlite:FILE or dynamodb:TABLE"),
        ((), {**ID, "GENTLE_BACK_RECORDINGS_URL": "ftp://x"}, "HTTPS on port 443"),
    ],
)
def test_what_cannot_be_served_says_what_to_do(
    arguments: tuple[str, ...], settings: dict[str, str], told: str, program
) -> None:
    done = program("serve", *arguments, env=settings, timeout=60)
    assert done.returncode != 0
    assert told in done.stderr.decode()
    assert b"Traceback" not in done.stderr


def test_recordings_of_a_folder_beside_one_are_served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "recordings").mkdir()
    (tmp_path / "recordings" / "beach-2-sitting.mp3").write_bytes(b"sound")
    root = str(Path(skill.__file__).parents[1])
    monkeypatch.chdir(tmp_path)
    settings = {**ID, "PYTHONPATH": root}
    with (
        _serving(tmp_path, "--recordings", "recordings", **settings) as (_, _, port),
        closing(HTTPConnection("127.0.0.1", port, timeout=10)) as connection,
    ):
        connection.request("GET", "/recordings/beach-2-sitting.mp3")
        assert connection.getresponse().read() == b"sound"


def test_a_name_of_this_computer_is_an_address_too(tmp_path: Path) -> None:
    with _serving(tmp_path, "--host", "localhost", "--unverified") as (_, lines, _):
        assert "answers at http://localhost:" in lines[-1]


def test_a_port_that_is_taken_is_told(program) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = program("serve", "--port", str(taken.getsockname()[1]), env=ID, timeout=60)
    assert done.returncode == 1
    assert b"in use" in done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("host", "is_ours"),
    [("127.0.0.1", True), ("localhost", True), ("::1", True), ("127.9.9.9", True), ("0.0.0.0", False), ("::", False)],
)
def test_only_this_computers_own_addresses_are_loopback(host: str, is_ours: bool) -> None:  # noqa: FBT001
    assert _is_loopback(host) is is_ours


def test_the_simulators_page_is_served_to_this_computer_alone(tmp_path: Path, gentle_back) -> None:
    with (
        _serving(tmp_path, "--simulator") as (_, lines, port),
        closing(HTTPConnection("127.0.0.1", port, timeout=20)) as connection,
    ):
        assert "browser" in lines[0]
        connection.request("GET", "/")
        page = connection.getresponse()
        assert page.status == 200
        assert b"Start with words only" in page.read()
        connection.request("POST", "/", b"{}")
        assert connection.getresponse().status == 405  # it is no endpoint of Alexa's
    refused = gentle_back("serve", "--simulator", "--unverified")
    assert b"serves a page and nothing else" in refused.stderr


def test_whoever_opens_the_page_to_others_is_told(tmp_path: Path, resolver: object) -> None:
    with _serving(tmp_path, "--simulator", "--host", "0.0.0.0") as (_, lines, port):
        assert "Anybody who can reach this computer" in lines[0]
        assert f"http://{socket.gethostname()}:{port}/" in lines[-1]


def test_the_package_is_built_and_named(program, tmp_path: Path) -> None:
    done = program("package", "--to", str(tmp_path / "lambda"))
    assert done.returncode == 0
    told = done.stdout.decode()
    assert f"python{sys.version_info.major}.{sys.version_info.minor}" in told
    assert "skill.hosting.aws_lambda.handler" in told
    assert (tmp_path / "lambda.zip").exists()
    (tmp_path / "novel").mkdir()
    (tmp_path / "novel" / "chapter").write_text("one")
    refused = program("package", "--to", str(tmp_path / "novel"))
    assert refused.returncode == 1
    assert b"holds something else" in refused.stderr


def test_check_prints_amazons_list_and_what_is_left_to_a_person(program) -> None:
    done = program("check")
    lines = done.stdout.decode().splitlines()
    assert done.returncode == 0
    numbered = [line for line in lines if line[:3].strip().isdecimal() and line[3] == "."]
    assert [int(line[:3]) for line in numbered] == list(range(1, 39))
    assert {line[5:9].strip() for line in numbered} == {"pass", "you"}
    assert any("export compliance" in line for line in lines)
    assert lines[-1].startswith("All good")
    assert done.stderr == b""


def test_the_words_alone_can_be_checked(program) -> None:
    done = program("check", "--words-only")
    assert done.returncode == 0
    assert b"certification" not in done.stdout


def test_the_pretend_echo_and_the_server_are_one_skill(tmp_path: Path, endpoint) -> None:
    envelope = Device("en-US").launch(Session())
    with _serving(tmp_path, "--unverified") as (_, _, port):
        answer = json.loads(_post(port, json.dumps(envelope).encode())[1])
    assert answer["response"] == endpoint.answer(envelope)["response"]


@pytest.mark.parametrize(
    ("endpoint", "told"),
    [
        ("http://example.com/", "HTTPS on port 443"),
        ("https://example.com:8443/", "HTTPS on port 443"),
        ("https://example.com:x/", "is no address"),
        ("https://my-alexa.example.com/", "mark of Amazon's"),
        ("https://example.com/skill", "slash after the host"),
        ("example.com", "HTTPS on port 443"),
    ],
)
def test_an_endpoint_that_alexa_would_not_call_is_told(endpoint: str, told: str) -> None:
    assert told in _wrong_with(endpoint)


@pytest.mark.parametrize("endpoint", ["https://voice.example.com/", "arn:aws:lambda:us-east-1:1:function:x"])
def test_an_endpoint_that_alexa_calls_is_taken(endpoint: str) -> None:
    assert _wrong_with(endpoint) == ""


def test_a_memory_that_cannot_be_used_is_told_at_the_start(tmp_path: Path) -> None:
    with _serving(tmp_path, **ID, GENTLE_BACK_MEMORY=f"sqlite:{tmp_path}") as (server, _, port):
        with closing(HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
            connection.request("GET", "/ready")
            assert connection.getresponse().status == 503
        server.kill()
        assert "Nobody is remembered" in server.communicate()[1]

"""A pretend Amazon, the HTTPS server on which its chain lies, and the real application in front of the real skill."""

import ssl
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from flask import Flask
from flask.testing import FlaskClient

from skill.alexa.endpoint import Endpoint
from skill.alexa.words import WordsByLocale
from skill.certification.pretend_amazon import PretendAmazon, issue
from skill.hosting.app import Service, create_app
from skill.hosting.certificates import CERTIFICATE_HOST, Certificates
from skill.hosting.fetching import ChainFetcher
from skill.hosting.verification import Verifier
from skill.memory.sqlite import SqliteMemory
from skill.simulator.envelope import SKILL_ID


@dataclass
class CertificateServer:
    """Serves a chain over HTTPS as `s3.amazonaws.com` does, and counts who asks."""

    port: int
    root: str
    chain: bytes
    fetched: list[str] = field(default_factory=list)
    answer: Callable[[BaseHTTPRequestHandler], None] | None = None
    """How it misbehaves; it serves the chain where this is not set."""


@pytest.fixture(scope="session")
def amazon() -> PretendAmazon:
    return PretendAmazon()


@pytest.fixture(scope="session")
def host_certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Return the certificate host's own certificate with its key, and the root that it leads to."""
    root = issue("Root of the certificate host", authority=True)
    host = issue(CERTIFICATE_HOST, root, names=[CERTIFICATE_HOST])
    path = tmp_path_factory.mktemp("host") / "host.pem"
    path.write_bytes(host.pem + host.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return path, root.pem.decode()


@pytest.fixture
def certificate_server(amazon: PretendAmazon, host_certificate: tuple[Path, str]) -> Iterator[CertificateServer]:
    certificate, root = host_certificate
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            server.fetched.append(f"{self.headers['Host']}{self.path}")
            if server.answer:
                server.answer(self)
            else:
                self.send_response(200)
                self.send_header("Content-Length", str(len(server.chain)))
                self.end_headers()
                self.wfile.write(server.chain)

        def log_message(self, *_: object) -> None:
            pass

    class Quiet(ThreadingHTTPServer):
        def handle_error(self, *_: object) -> None:
            """Clients that leave are part of the tests."""

    httpd = Quiet(("127.0.0.1", 0), Handler)
    httpd.daemon_threads = True
    httpd.socket = context.wrap_socket(httpd.socket, server_side=True)
    server = CertificateServer(httpd.server_address[1], root, amazon.chain)
    thread = threading.Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield server
    httpd.shutdown()
    httpd.server_close()
    thread.join()


@dataclass
class Clock:
    """The time, which a test can move."""

    ahead: float = 0.0

    def __call__(self) -> float:
        return time.time() + self.ahead


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def verifier(amazon: PretendAmazon, certificate_server: CertificateServer, clock: Clock) -> Verifier:
    fetch = ChainFetcher("127.0.0.1", certificate_server.port, certificate_server.root, patience=1.0)
    return Verifier(Certificates(fetch, [amazon.root.certificate], clock), clock)


@pytest.fixture
def app(words: WordsByLocale, verifier: Verifier, tmp_path: Path) -> Flask:
    memory = SqliteMemory(tmp_path / "memory.sqlite3")
    recordings = tmp_path / "recordings"
    recordings.mkdir()
    service = Service(Endpoint(words, memory, SKILL_ID).skill, verifier, list, "Nothing is kept.", recordings)
    return create_app(service)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


Post = Callable[..., Any]

"""A server of one's own under load, every request signed and verified, against the same server with the least skill.

Everything stays on this computer, and each load is bounded in time and in requests.
"""

from __future__ import annotations

import argparse
import json
import os
import queue
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from http.client import HTTPConnection
from pathlib import Path
from typing import Self

import numpy as np

from benchmarks.envelopes import asks
from benchmarks.measuring import Figure, compared
from skill.certification.pretend_amazon import PretendAmazon
from skill.hosting.app import Service, create_app
from skill.hosting.certificates import Certificates
from skill.hosting.server import make_server
from skill.hosting.verification import MOST_REMEMBERED, Verifier

CLIENTS = (1, 8, 64)
REQUESTS = 900
"""A load: enough for a 99th percentile, few enough to be signed beforehand in a second."""
ROUNDS = 3
AN_HOURS = 14_400
"""Requests: four a second, for an hour."""

INTENTS = ("IceOrHeatIntent", "SciaticaEffectsIntent", "DmardsIntent", "SwimmingIntent")

Signed = tuple[dict[str, str], bytes]


def figures() -> Iterator[Figure]:
    """Yield throughput and 99th percentile at each number of clients, and what memory does."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        amazon = PretendAmazon()
        (folder / "root.pem").write_bytes(amazon.root.pem)
        (folder / "chain.pem").write_bytes(amazon.chain)
        with _Server(folder, "ours") as ours, _Server(folder, "least") as least:
            for clients in CLIENTS:
                pairs = [(_load(ours, amazon, clients), _load(least, amazon, clients)) for _ in range(ROUNDS + 1)][1:]
                against = "the same server with one trivial handler"
                for number, what in enumerate(("time a request", "99th percentile")):
                    series = [a[number] for a, _ in pairs], [b[number] for _, b in pairs]
                    yield compared(f"{clients} clients: {what}", against, "ms", *series)
            yield _memory(ours, amazon)


def _memory(server: _Server, amazon: PretendAmazon) -> Figure:
    """Compare after an hour's worth of requests with before, when what is remembered against replays was full.

    That is kept for five minutes, and has a bound; an hour's requests come within a minute here.
    """
    _loads(server, amazon, MOST_REMEMBERED)
    before = server.resident()
    _loads(server, amazon, AN_HOURS)
    what = f"memory after {AN_HOURS} requests more"
    return compared(what, "before them", "MiB", [server.resident()], [before], 1.05)


def _loads(server: _Server, amazon: PretendAmazon, requests: int) -> None:
    for _ in range(0, requests, REQUESTS):
        _load(server, amazon, 8)


class _Server:
    """A server in a process of its own."""

    def __init__(self, folder: Path, skill: str) -> None:
        command = [sys.executable, "-m", "benchmarks.serving", str(folder), skill]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)  # noqa: S603 (this very program)
        self.port = int(self._process.stdout.readline()) if self._process.stdout else 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()

    def resident(self) -> float:
        """Return the MiB that it holds."""
        pages = int(Path(f"/proc/{self._process.pid}/statm").read_text(encoding="ascii").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


_number = iter(range(10**9))


def _load(server: _Server, amazon: PretendAmazon, clients: int) -> tuple[float, float]:
    """Send signed requests from so many clients; return milliseconds a request, and the 99th percentile."""
    waiting: queue.SimpleQueue[Signed] = queue.SimpleQueue()
    for number in range(REQUESTS):
        envelope = asks(INTENTS[number % len(INTENTS)], number=next(_number))
        waiting.put(amazon.signed(json.dumps(envelope).encode()))
    taken: list[float] = []
    failed: list[str] = []

    def client() -> None:
        connection = HTTPConnection("127.0.0.1", server.port, timeout=20)
        while True:
            try:
                headers, body = waiting.get_nowait()
            except queue.Empty:
                connection.close()
                return
            start = time.perf_counter()
            connection.request("POST", "/", body, {**headers, "Content-Type": "application/json"})
            answer = connection.getresponse()
            said = answer.read()
            taken.append((time.perf_counter() - start) * 1000)
            if answer.status != 200 or b"outputSpeech" not in said:  # noqa: PLR2004
                failed.append(f"{answer.status} {said[:200]!r}")

    threads = [threading.Thread(target=client) for _ in range(clients)]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    whole = time.perf_counter() - start
    if failed or len(taken) != REQUESTS:
        raise RuntimeError(f"{len(failed)} of {REQUESTS} requests failed: {failed[:3]}")
    return whole / REQUESTS * 1000, float(np.percentile(taken, 99))


def serve(arguments: Sequence[str]) -> None:
    """Serve one of the two skills until the process is killed, and print the port."""
    from cryptography import x509  # noqa: PLC0415 (only the server's process needs what follows)

    from benchmarks.floor import builder  # noqa: PLC0415
    from skill.alexa.endpoint import Endpoint  # noqa: PLC0415
    from skill.alexa.words import WordsByLocale  # noqa: PLC0415
    from skill.hosting.serving import THREADS  # noqa: PLC0415
    from skill.library.read import load, locales  # noqa: PLC0415
    from skill.memory.sqlite import SqliteMemory  # noqa: PLC0415
    from skill.simulator.envelope import SKILL_ID  # noqa: PLC0415

    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("skill", choices=("ours", "least"))
    wanted = parser.parse_args(arguments)
    if wanted.skill == "ours":
        words = WordsByLocale(lambda locale: load(locale=locale), locales())
        words.prepare()
        skill = Endpoint(words, SqliteMemory(wanted.folder / "memory.sqlite3"), SKILL_ID).skill
    else:
        skill = builder.create()
    chain = (wanted.folder / "chain.pem").read_bytes()
    root = x509.load_pem_x509_certificate((wanted.folder / "root.pem").read_bytes())
    verifier = Verifier(Certificates(lambda _: chain, [root]), time.time)
    server = make_server(create_app(Service(skill, verifier, list, "")), "127.0.0.1", 0, THREADS)
    print(server.effective_port, flush=True)  # noqa: T201 (for the process that began this one)
    server.run()


if __name__ == "__main__":
    serve(sys.argv[1:])

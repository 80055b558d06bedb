"""Serves an application with waitress, which reads each request whole, within a time, before a thread takes it up."""

from __future__ import annotations

import socket
import time
from typing import Any, ClassVar

from flask import Flask
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.server import TcpWSGIServer, create_server
from waitress.utilities import BadRequest

from skill.hosting.verification import LARGEST_BODY

WHOLE_REQUEST = 6.0
"""Seconds from a request's first byte to its last. Alexa gives up on the answer after eight."""

SILENCE = 10
"""Seconds after which a connection on which nothing moves is closed."""

LARGEST_HEADERS = 16_384
"""Bytes."""


class TimedParser(HTTPRequestParser):
    """Answers 400 to whoever sends a request too slowly: they would hold a connection for ever."""

    completed: bool

    def __init__(self, adj: Any) -> None:  # noqa: ANN401 (waitress's own settings)
        """Begin to count at the first byte."""
        super().__init__(adj)
        self._end = time.monotonic() + WHOLE_REQUEST

    def received(self, data: bytes) -> int:
        """Take what has come; return how many bytes of it belong to this request."""
        if not self.completed and time.monotonic() > self._end:
            if not self.headers_finished:
                self.parse_header(b"GET / HTTP/1.0\r\n")
            self.error = BadRequest("the request came too slowly")
            self.completed = True
            return len(data)
        taken: int = super().received(data)
        return taken


class TimedChannel(HTTPChannel):
    """A connection whose requests are timed."""

    parser_class: ClassVar[type[TimedParser]] = TimedParser


def make_server(app: Flask, host: str, port: int, threads: int) -> TcpWSGIServer:
    """Listen on the first address of a host; port 0 is any free one. `run()` serves, `close()` ends it.

    Raises:
        OSError: when the address cannot be used.
    """
    # A name may have several addresses, for which waitress makes a server that cannot be told how to read.
    address = str(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][4][0])
    server = create_server(
        app,
        host=address,
        port=port,
        threads=threads,
        ident="",
        channel_timeout=SILENCE,
        cleanup_interval=2,
        max_request_body_size=LARGEST_BODY,
        max_request_header_size=LARGEST_HEADERS,
        clear_untrusted_proxy_headers=True,
    )
    server.channel_class = TimedChannel
    return server

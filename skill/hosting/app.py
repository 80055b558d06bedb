"""The web application: Alexa's requests, verified before they are read, and a few pages for people and monitors."""

from __future__ import annotations

import logging
import re
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from ask_sdk_core.exceptions import AskSdkException
from ask_sdk_core.skill import CustomSkill
from flask import Flask, Response, abort, request, send_from_directory
from werkzeug.exceptions import BadRequest, HTTPException, InternalServerError, RequestEntityTooLarge

from skill.hosting.adapter import VERIFY_SIGNATURE_APP_CONFIG, VERIFY_TIMESTAMP_APP_CONFIG, SkillAdapter
from skill.hosting.refused import RefusedError
from skill.hosting.verification import LARGEST_BODY, SIGNATURE_HEADER, URL_HEADER

log = logging.getLogger(__name__)

RECORDING = re.compile(r"[a-z0-9-]+\.(?:mp3|wav|vtt)")
RECORDINGS_AGE = 3600
"""Seconds that a recording may be kept by whoever fetched it."""

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class ChecksRequests(Protocol):
    """What tells whether a request may be read."""

    def verify(self, url: str, signature: str, body: bytes) -> None:
        """Return when it may be; raise `RefusedError` otherwise."""


@dataclass(frozen=True, slots=True)
class Service:
    """What is served."""

    skill: CustomSkill
    verifier: ChecksRequests
    problems: Callable[[], Sequence[str]]
    """What keeps it from being ready, each a sentence for the host; none when it is."""
    privacy: str
    """The privacy page, as plain text."""
    recordings: Path | None = None
    """The folder that `gentle-back render` filled."""


class _Application(Flask):
    """A Flask whose log never repeats an exception's message: it may hold what somebody said."""

    def log_exception(self, exc_info: Any) -> None:  # noqa: ANN401 (what sys.exc_info returns)
        kind, _, traceback_ = exc_info
        log.error("%s while answering\n%s", kind.__name__, "".join(traceback.format_tb(traceback_)))


def create_app(service: Service) -> Flask:
    """Build the application; it logs kinds of failures and where they broke, never what somebody said."""
    app = _Application(__name__, static_folder=None)
    app.config[VERIFY_SIGNATURE_APP_CONFIG] = False
    app.config[VERIFY_TIMESTAMP_APP_CONFIG] = False
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    adapter = SkillAdapter(skill=service.skill, skill_id="gentle-back", app=app)

    @app.post("/")
    def alexa() -> Response:
        body = request.get_data(cache=True)  # raises 413 and, when the client leaves, 400
        try:
            service.verifier.verify(
                request.headers.get(URL_HEADER, ""), request.headers.get(SIGNATURE_HEADER, ""), body
            )
        except RefusedError as refusal:
            log.warning("Refused a request: %s.", refusal)
            raise BadRequest("This is not a request that the skill can take.") from None
        answer: Response = adapter.dispatch_request()
        return answer

    @app.get("/health")
    def health() -> Response:
        return _page("I am here.\n")

    @app.get("/ready")
    def ready() -> Response:
        problems = service.problems()
        return _page("".join(f"{problem}\n" for problem in problems) or "Ready.\n", 503 if problems else 200)

    @app.get("/privacy")
    def privacy() -> Response:
        return _page(service.privacy)

    @app.get("/recordings/<name>")
    def recording(name: str) -> Response:
        if service.recordings is None or not RECORDING.fullmatch(name):
            abort(404)
        return send_from_directory(service.recordings, name, conditional=True, max_age=RECORDINGS_AGE)

    @app.after_request
    def harden(response: Response) -> Response:
        response.headers.update(HEADERS)
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    app.register_error_handler(HTTPException, _told)
    app.register_error_handler(InternalServerError, _unforeseen)
    return app


def _page(text: str, status: int = 200) -> Response:
    return Response(text, status, content_type="text/plain; charset=utf-8")


def _told(error: HTTPException) -> Response:
    """Answer a mistake of the client's in one line, with what it says of itself, such as which methods are allowed."""
    if isinstance(error, RequestEntityTooLarge):
        log.warning("Refused a request: the body is too large.")
    answer = _page(f"{error.name}.\n", error.code or 400)
    answer.headers.extend((name, value) for name, value in error.get_headers() if name not in answer.headers)
    return answer


def _unforeseen(error: InternalServerError) -> Response:
    """Answer what the skill would not take: the adapter makes an internal error of it, but it is the request's."""
    if isinstance(error.__context__, AskSdkException):
        log.warning("Refused a request: %s.", error.__context__)
        return _page("Bad Request.\n", 400)
    return _page("Something went wrong here.\n", 500)

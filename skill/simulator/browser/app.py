"""The page, and what it asks of this computer: nothing of it comes from, or goes to, anywhere else."""

from __future__ import annotations

import io
import ipaddress
import re
import socket
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Blueprint, Flask, Response, abort, current_app, jsonify, render_template, request, send_file
from jinja2 import StrictUndefined
from werkzeug.exceptions import BadRequest, HTTPException, UnsupportedMediaType

from skill.conversation.place import RATES
from skill.library import Library
from skill.library.faults import ContentError
from skill.simulator import volume
from skill.simulator.browser.sounding import Voices
from skill.simulator.browser.visit import BadStepError, Step, heard_of
from skill.simulator.browser.visits import VisitOverError, Visits
from skill.simulator.room import DEFAULT_LOCALE
from speech.errors import VoiceUnavailableError

PAGE = Path(__file__).with_name("page")
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
"""What the folder holds beside the page itself."""

LARGEST_BODY = 64_000
"""Bytes; nobody says more in one breath."""

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "media-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(self)",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}

GONE, AWAY = 410, 503


def create_page(visits: Visits, voices: Voices, library: Library, locales: tuple[str, ...]) -> Flask:
    """Build the application; `library` is whose words the page itself is written in."""
    app = Flask(__name__, static_folder=None, template_folder=str(PAGE))
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    app.jinja_env.undefined = StrictUndefined
    app.before_request(_from_this_page)
    app.register_blueprint(_page(voices, library, locales))
    app.register_blueprint(_conversations(visits, locales))

    @app.after_request
    def harden(response: Response) -> Response:
        response.headers.update(HEADERS)
        return response

    app.register_error_handler(HTTPException, _refused)
    app.register_error_handler(
        ContentError, lambda error: _told(f"These words have to be mended first:\n{error}", AWAY)
    )
    app.register_error_handler(BadStepError, lambda error: _told(f"{error}.", BadRequest.code))
    app.register_error_handler(VisitOverError, lambda error: _told(str(error), GONE))
    return app


def _page(voices: Voices, library: Library, locales: tuple[str, ...]) -> Blueprint:
    """Serve the page and its files."""
    routes = Blueprint("page", __name__)

    @routes.get("/")
    def page() -> str:
        try:
            names, trouble = voices.names(), ""
        except VoiceUnavailableError as error:
            names, trouble = (), str(error)
        return render_template(
            "page.html",
            words=library.page.words,
            says=library.page.says,
            voices=names,
            trouble=trouble,
            locales={locale: library.page.locales.get(locale, locale) for locale in locales},
            rates=len(RATES),
            loudest=volume.STEPS,
            volume_step=volume.STEP,
            usual=DEFAULT_LOCALE,
        )

    @routes.get("/<name>")
    def file(name: str) -> Response:
        path = PAGE / name
        if not re.fullmatch(r"[a-z-]+\.[a-z]+", name) or path.suffix not in TYPES or not path.is_file():
            abort(404, "There is no such page.")
        return Response(path.read_bytes(), content_type=f"{TYPES[path.suffix]}; charset=utf-8")

    return routes


def _conversations(visits: Visits, locales: tuple[str, ...]) -> Blueprint:
    """Take what is done on the page."""
    routes = Blueprint("conversations", __name__)

    @routes.post("/visits")
    def begin() -> Response:
        locale = _sent().get("locale")
        if locale not in locales:
            raise BadRequest(f"locale is one of {', '.join(locales)}.")
        return jsonify(visit=visits.begin(locale))

    @routes.post("/visits/<name>")
    def take(name: str) -> Response:
        return jsonify(visits.find(name).take(Step.of(_sent())))

    @routes.post("/visits/<name>/leave")
    def leave(name: str) -> Response:
        visits.find(name).leave(heard_of(_sent()))
        return current_app.response_class(status=204)

    @routes.get("/visits/<name>/<int:number>.wav")
    def sound(name: str, number: int) -> Response:
        try:
            wav = visits.find(name).sound(number)
        except KeyError:
            abort(GONE, "This sound is no longer kept.")
        return send_file(io.BytesIO(wav), mimetype="audio/wav", conditional=True, etag=False)

    return routes


def _from_this_page() -> None:
    """Refuse what another site's page sends, and names that only pretend to be this computer's."""
    if not _is_ours(request.host):
        abort(403, "Open this page by the address that the program printed.")
    followed = request.path == "/" and request.headers.get("Sec-Fetch-Mode") == "navigate"  # a link leads here
    if not followed and request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        abort(403, "Another page sent this.")


def _sent() -> Mapping[str, Any]:
    """Return the JSON object that was sent: no form of another site can send that."""
    if not request.is_json:
        raise UnsupportedMediaType("Send JSON.")
    sent = request.get_json(silent=True)
    if not isinstance(sent, dict):
        raise BadRequest("Send a JSON object.")
    return sent


def _is_ours(host: str) -> bool:
    """Tell whether a Host header names this computer by what no other site's name can be."""
    name = re.sub(r":\d+$", "", host).strip("[]").lower()
    try:
        return bool(ipaddress.ip_address(name))
    except ValueError:
        ours = socket.gethostname().lower()
        return name in {"localhost", ours, f"{ours}.local"}


def _refused(error: HTTPException) -> Response:
    """Tell a mistake in one line, with what it says of itself, such as which methods are allowed."""
    answer = _told(error.description or error.name, error.code or 400)
    answer.headers.extend((name, value) for name, value in error.get_headers() if name not in answer.headers)
    return answer


def _told(what: str, status: int) -> Response:
    return Response(f"{what}\n", status, content_type="text/plain; charset=utf-8")

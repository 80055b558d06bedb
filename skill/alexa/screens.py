"""The same words on a screen: large, high in contrast, with choices to touch instead of saying them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ask_sdk_model import Context
from ask_sdk_model.interfaces.alexa.presentation.apl import RenderDocumentDirective

from skill.conversation.reply import Reply
from skill.conversation.turn import OF_TWO, TO_A_YES_OR_NO, TO_AN_OPEN_QUESTION, WHILE_RELAXING, Want
from skill.library import Library
from speech.captions import plain_text
from speech.document import Say

DOCUMENT: Mapping[str, Any] = json.loads(Path(__file__).with_name("screen.json").read_text(encoding="utf-8"))
TOKEN = "gentle-back"  # noqa: S105 (what Alexa calls the name of a document)


def has_screen(context: Context) -> bool:
    """Tell whether the device shows documents."""
    device = context.system.device
    interfaces = device.supported_interfaces if device else None
    return bool(interfaces and interfaces.alexa_presentation_apl)


def screen(reply: Reply, library: Library) -> RenderDocumentDirective:
    """Return what shows a reply: all its words, what the card adds, and what can be chosen."""
    named = dict(zip(OF_TWO, _of_two(reply, library), strict=False))
    choices = [
        {"want": str(want), "label": named.get(want) or library.labels[want]} for want in _choices(reply, library)
    ]
    shown = {
        "title": _shown(reply.title),
        "words": [_shown(sentence) for sentence in _paragraphs(reply)],
        "notes": [_shown(note) for note in reply.notes],
        "choices": choices,
    }
    return RenderDocumentDirective(token=TOKEN, document=DOCUMENT, datasources={"screen": shown})


def _choices(reply: Reply, library: Library) -> tuple[Want, ...]:
    """Return what can be touched: three things at most; in simple mode the first and the last that is no repeat."""
    choices = _all_choices(reply, library)
    if not reply.place.simple:
        return choices
    said = tuple(want for want in choices if want is not Want.REPEAT)
    return (said[0], said[-1]) if said else ()


def _all_choices(reply: Reply, library: Library) -> tuple[Want, ...]:
    if not reply.listening:
        return ()
    if reply.session:
        return WHILE_RELAXING
    if _of_two(reply, library):
        return (*OF_TWO, Want.REPEAT)
    question = [part.text for part in reply.words if isinstance(part, Say)][-1]
    return TO_AN_OPEN_QUESTION if question.startswith(library.open_questions) else TO_A_YES_OR_NO


def _of_two(reply: Reply, library: Library) -> tuple[str, ...]:
    """Return what the two things are called of which the reply asks for one; none where it does not."""
    kind, _, named = (reply.place.said[-1] if reply.place.said else "").partition(":")
    if kind != "which":
        return ()
    called = (library.entries[name].called for name in named.split("/"))
    return tuple(name[:1].upper() + name[1:] for name in called)


def _paragraphs(reply: Reply) -> list[str]:
    """Return an answer as one paragraph; a session as a line for each sentence, to follow while it is heard."""
    if reply.session:
        return [part.text for part in reply.words if isinstance(part, Say)]
    return [plain_text(reply.words)]


def _shown(text: str) -> str:
    """Return text as the document's Text takes it, which reads some HTML."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

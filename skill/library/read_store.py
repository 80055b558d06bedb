"""Reads what the skill store, a screen and the simulator's page show beside the answers."""

from __future__ import annotations

from interaction_model.listing import Listing
from skill.library.fields import Fields
from skill.library.values import Page


def read_screen(file: Fields) -> tuple[dict[str, str], tuple[str, ...]]:
    """Return what the choices on a screen are called, and how open questions begin."""
    table = file.table("labels")
    labels = {want: table.text(want) for want in table.left()}
    table.finish()
    return labels, file.texts("open_questions")


def read_page(file: Fields) -> Page:
    """Return what stands on the page of the simulator."""
    tables = [file.table(key) for key in ("says", "words", "locales")]
    return Page(*({key: table.text(key) for key in table.left()} for table in tables))


NO_LISTING = Listing("", "", "", "", (), (), "", "", "", "")


def read_listing(disclaimer: str, file: Fields) -> Listing:
    """Return the store's texts, with the disclaimer of a locale where it has one."""
    general = file.text("disclaimer")
    return Listing(
        name=file.text("name"),
        summary=file.text("summary"),
        description=file.text("description"),
        disclaimer=disclaimer or general,
        example_phrases=file.texts("example_phrases"),
        keywords=file.texts("keywords"),
        updates=file.text("updates"),
        testing=file.text("testing"),
        privacy_url=file.text("privacy_url"),
        privacy=file.text("privacy"),
    )

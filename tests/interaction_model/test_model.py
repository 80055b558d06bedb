import json
from pathlib import Path

import pytest

from interaction_model.model import ModelError, read_model
from interaction_model.names import intent_name
from skill.commands.model import stale_files
from skill.library import Library
from skill.library.read import load, locales
from skill.sayings import interaction_model


def test_the_generated_skill_package_is_up_to_date() -> None:
    libraries = {locale: load(locale=locale) for locale in sorted(locales())}
    assert not list(stale_files(libraries)), "run 'gentle-back model'"


def test_a_model_survives_the_way_to_json_and_back(library: Library, tmp_path: Path) -> None:
    model = interaction_model(library)
    path = tmp_path / "en-US.json"
    path.write_text(model.to_json(), encoding="utf-8")
    assert read_model(path) == model


def test_every_entry_has_an_intent_of_its_own(library: Library) -> None:
    names = {intent.name for intent in interaction_model(library).intents}
    assert {intent_name(entry) for entry in library.entries} <= names
    assert len({intent_name(entry) for entry in library.entries}) == len(library.entries)


@pytest.mark.parametrize("text", ["", "{", "[]", json.dumps({"interactionModel": {}})])
def test_a_broken_model_file_is_told_with_the_mend(text: str, tmp_path: Path) -> None:
    path = tmp_path / "en-US.json"
    path.write_text(text)
    with pytest.raises(ModelError, match="gentle-back model"):
        read_model(path)


def test_a_missing_model_file_is_told_with_the_mend(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="gentle-back model"):
        read_model(tmp_path / "en-US.json")

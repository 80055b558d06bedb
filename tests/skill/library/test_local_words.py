"""The words of each place, in what is said and in what is asked."""

import pytest

from skill.library import Library
from skill.library.local_words import localised
from skill.library.read import load, locales
from skill.library.values import LocalWords
from skill.sayings import interaction_model


def _samples(library: Library) -> list[str]:
    return [sample for intent in interaction_model(library).intents for sample in intent.samples]


def test_the_british_read_their_own_spelling_and_hear_of_their_own_helpers() -> None:
    films = load(locale="en-GB").entries["films"]
    assert films.title == "A favourite film or programme"
    assert "favourite" in films.says
    assert "favorite" in load(locale="en-US").entries["films"].says
    for entry in load(locale="en-GB").entries.values():
        assert "physical therap" not in entry.says + entry.more + entry.simple


@pytest.mark.parametrize("locale", sorted(locales()))
def test_no_locale_asks_one_thing_twice_and_each_keeps_all_general_samples(locale: str) -> None:
    samples = _samples(load(locale=locale))
    assert len(samples) == len(set(samples))
    assert set(_samples(load(locale="en"))) <= set(samples)


def test_people_are_understood_by_their_own_words() -> None:
    assert "is physio good for r. a. back pain" in _samples(load(locale="en-GB"))
    assert "is panadol good for back pain" in _samples(load(locale="en-AU"))
    assert "is physio good for r. a. back pain" not in _samples(load(locale="en-US"))


def test_the_names_by_which_things_are_found_stay_as_they_are(library: Library) -> None:
    words = LocalWords({"ice": "frost"}, {"ice": ("frost",)})
    there = localised(library, words)
    assert there.entries.keys() == library.entries.keys()
    assert there.entries["ice"].name == "ice"
    assert "frost" in there.entries["ice"].says.lower()
    assert there.phrases["welcome-first"].says.count("frost or heat") == 1
    assert there.entries["ice"].asks[: len(library.entries["ice"].asks)] == library.entries["ice"].asks
    assert there.facts == library.facts


def test_a_word_is_swapped_whole_and_keeps_its_capital(library: Library) -> None:
    there = localised(library, LocalWords({"for": "fore"}, {}))
    assert there.entries["ice-or-heat"].says.startswith("Fore the first")
    kept = [name for name, entry in library.entries.items() if "before" in entry.says + entry.more]
    assert kept
    assert all("before" in there.entries[name].says + there.entries[name].more for name in kept)
    assert not any("beforee" in entry.says + entry.more for entry in there.entries.values())

"""The rules that tell a danger sign from what only sounds like one."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skill.library import Library
from skill.library.read import load
from skill.library.values import Sign
from skill.safety.screening import LookAlike, Screen

SCREEN = Screen(load())


def _tier(said: str) -> str:
    """Return the tier that is answered, or why nothing is."""
    finding = SCREEN.screen(said)
    if finding is None:
        return "nothing"
    return finding.look_alike.value if finding.look_alike else finding.danger.tier


@pytest.mark.parametrize(
    ("said", "tier"),
    [
        ("I have chest pain", "now"),
        ("i don't have any chest pain", LookAlike.DENIED.value),
        ("no chest pain", LookAlike.DENIED.value),
        ("i'm not worried but my chest hurts", "now"),
        ("ten years ago i had chest pain", LookAlike.PAST.value),
        ("years ago i had chest pain and today it is back", "now"),
        ("what are the signs of chest pain", LookAlike.QUESTION.value),
        ("is it normal that my chest hurts", "now"),
        ("my wife can't feel her legs", "now"),
        ("he had chest pain in last night's episode", LookAlike.FICTION.value),
        ("this traffic is killing me", "nothing"),
        ("my phone died", "nothing"),
        ("kill the lights", "nothing"),
        ("it's probably nothing but my face has dropped on one side", "now"),
        ("my husband says it's nothing but i can't pee and my bottom is numb", "now"),
        ("i've always had weak hands", "nothing"),
        ("my hands are suddenly clumsy and i keep dropping things", "today"),
        ("my back is stiff in the morning", "nothing"),
        ("i want to die", "crisis"),
        ("what's the point of living", "crisis"),
        ("i don't want to live any more", "crisis"),
        ("i took too many pills", "now"),
        ("i took my tablets twice by mistake", "today"),
        ("i've lost weight and i don't know why", "soon"),
        ("CHEST PAIN!!!", "now"),
        ("i swallowed thirty aspirins", "now"),
        ("i took two ibuprofen", "nothing"),
        ("i haven't peed since yesterday", "now"),
        ("please call an ambulance", "now"),
        ("i think i'm dying", "now"),
        ("i slipped in the kitchen and my back aches a bit", "today"),
        ("i slipped in the kitchen and i can't get up", "now"),
        ("i cut myself shaving", "nothing"),
        ("no please help my chest hurts", "now"),
        ("no no my chest hurts badly", "now"),
        ("no i have no chest pain", LookAlike.DENIED.value),
        ("i have no fever but chest pain", "now"),
        ("i had no chest pain this morning but now i have chest pain", "now"),
        ("no chest pain but my hands are suddenly clumsy and i keep dropping things", "today"),
        ("i do not think this is chest pain", "now"),
        ("my chest pain is fine", LookAlike.DENIED.value),
        ("what does my chest pain mean", LookAlike.QUESTION.value),
        ("", "nothing"),
    ],
)
def test_the_rules_of_ambiguity(said: str, tier: str) -> None:
    assert _tier(said) == tier


def test_the_most_urgent_of_several_signs_is_answered() -> None:
    assert _tier("i've lost weight and i don't know why and now i have chest pain") == "now"


def test_no_ordinary_way_of_asking_for_an_entry_calls_an_ambulance(library: Library) -> None:
    alarming = [
        ask
        for entry in library.entries.values()
        for ask in (*entry.asks, *entry.names)
        if _tier(ask) in {"now", "crisis", "abuse"}
    ]
    assert alarming == []


def test_no_command_and_nothing_out_of_scope_is_alarming(library: Library) -> None:
    asks = [ask for command in library.commands for ask in command.asks]
    assert [ask for ask in (*asks, *library.out_of_scope) if _tier(ask) in {"now", "crisis", "abuse"}] == []


def test_every_wording_of_a_danger_sign_is_answered_as_urgently_as_it_was_written_for(library: Library) -> None:
    for danger in library.dangers:
        for ask in danger.asks:
            found = SCREEN.screen(ask)
            assert found and not found.look_alike and found.danger.urgency <= danger.urgency, ask


BY_RULE = 0.54
"""The wordings that the rules find without having been told of them; each of the others is known word for word."""


def test_the_rules_alone_find_no_fewer_wordings_than_before(library: Library) -> None:
    untold = Screen(replace(library, dangers=tuple(replace(danger, wordings=()) for danger in library.dangers)))
    found = [untold.screen(ask) for danger in library.dangers for ask in danger.asks]
    assert sum(finding is not None and not finding.look_alike for finding in found) / len(found) >= BY_RULE


@given(st.text(max_size=400))
def test_anything_can_be_screened(said: str) -> None:
    finding = SCREEN.screen(said)
    assert finding is None or finding.danger


@pytest.mark.parametrize("brand", ["tylenol", "advil", "nurofen", "panadol", "crocin", "dolo", "brufen", "combiflam"])
def test_too_much_of_any_countrys_brand_is_an_overdose_everywhere(brand: str, library: Library) -> None:
    screen = Screen(library)
    for said in (f"i took twenty {brand}", f"i have taken too many {brand}"):
        found = screen.screen(said)
        assert found and found.danger.name == "overdose" and not found.look_alike, said
    assert screen.screen(f"is {brand} good for my back") is None


HARMLESS = SCREEN.sounds_harmless


def _plain(phrases: tuple[str, ...]) -> str:
    """Return a phrase of a list that stands for itself."""
    return next(phrase for phrase in phrases if "*" not in phrase)


def test_what_gives_a_reason_to_be_calm(library: Library) -> None:
    """Each list of screening.toml counts, by itself, and in its place only."""
    lists = library.screening
    for calming in (lists.past, lists.fiction, lists.usual, lists.only_asking, lists.denies_after, lists.idioms):
        assert HARMLESS(f"{_plain(calming)} zebra"), calming
    for calming in (lists.denies, lists.asks_about):
        assert HARMLESS(f"{_plain(calming)} zebra"), calming
        assert not HARMLESS(f"zebra zebra zebra {_plain(calming)} zebra"), calming
    assert not HARMLESS("zebra")


def test_what_takes_that_reason_away(library: Library) -> None:
    lists = library.screening
    for calming, alarming in (
        (lists.past, lists.present),
        (lists.usual, lists.new),
        (lists.asks_about, lists.somebody),
    ):
        assert not HARMLESS(f"{_plain(calming)} zebra {_plain(alarming)}"), (calming, alarming)


def _one_sign(*near: tuple[str, ...], within: int) -> Screen:
    library = load()
    danger = next(danger for danger in library.dangers if danger.tier == "now")
    signs = (Sign(near, within, says_no=False),)
    return Screen(replace(library, dangers=(replace(danger, signs=signs, wordings=()),)))


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("zebra grey lion", True),
        ("lion grey zebra", True),
        ("zebra grey blue lion", False),
        ("zebra grey blue red lion zebra", True),
        ("zebra", False),
        ("lion", False),
        ("big cat grey zebra", True),
        ("big cat grey blue zebra", False),
        ("zebra lion no zebra lion", True),
        ("no zebra lion", False),
        ("no grey blue zebra lion", False),
        ("no grey blue red zebra lion", True),
    ],
)
def test_a_signs_words_are_near_each_other_and_not_denied(said: str, *, found: bool) -> None:
    """Three words at most from the first to the last; a phrase counts as one; one way that is not denied is enough."""
    finding = _one_sign(("zebra",), ("lion", "big cat"), within=3).screen(said)
    assert (finding is not None and finding.look_alike is None) == found


def test_a_figure_of_speech_does_not_bring_together_what_stood_around_it(library: Library) -> None:
    screen = _one_sign(("zebra",), ("lion",), within=2)
    assert screen.screen("zebra lion")
    assert screen.screen(f"zebra {_plain(library.screening.idioms)} lion") is None

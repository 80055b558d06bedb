"""The rules that tell a danger sign from what only sounds like one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skill.library import Library
from skill.library.read import load
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


def test_every_wording_of_a_danger_sign_is_found_by_the_screen_itself(library: Library) -> None:
    missed = [
        ask
        for danger in library.dangers
        for ask in danger.asks
        if _tier(ask) not in {"now", "crisis", "abuse", "today", "soon"}
    ]
    assert missed == []


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

from dataclasses import replace

import pytest

from interaction_model.build import Sayings, build
from interaction_model.model import Intent, InteractionModel, Slot, SlotType, SlotValue
from interaction_model.rules import REQUIRED, broken_rules

GOOD = build(
    Sayings(
        intents={"IceIntent": ("does ice help", "what's r. a."), **dict.fromkeys(REQUIRED[:1] + REQUIRED[2:], ())},
        about=("tell me about {topic}",),
        topics=(SlotValue("ice", "ice", ("cold pack",)),),
        define=("define {term}",),
        terms=(SlotValue("facet", "facet"),),
        symptom=("i have {symptom}",),
        symptoms=(SlotValue("heart", "chest pain"),),
        describe=("my {query}",),
        out_of_scope=("play some music",),
    )
)


def _with(intent: Intent) -> InteractionModel:
    return replace(GOOD, intents=(*GOOD.intents, intent))


def test_a_good_model_breaks_no_rule() -> None:
    assert broken_rules(GOOD) == []


@pytest.mark.parametrize("name", REQUIRED)
def test_a_model_without_an_intent_that_every_skill_needs_is_told(name: str) -> None:
    without = replace(GOOD, intents=tuple(intent for intent in GOOD.intents if intent.name != name))
    assert any(name in rule for rule in broken_rules(without))


@pytest.mark.parametrize(
    ("model", "told"),
    [
        (replace(GOOD, invocation_name="back"), "two or more words"),
        (replace(GOOD, invocation_name="open back"), '"open"'),
        (replace(GOOD, invocation_name="Gentle Back"), "small letters"),
        (_with(Intent("HeatIntent", ("does ice help",))), "keep it in one"),
        (_with(Intent("HeatIntent", ("does heat help?",))), "use small letters"),
        (_with(Intent("HeatIntent", ("use 2 packs",))), "use small letters"),
        (_with(Intent("HeatIntent", ())), "nobody can reach it"),
        (_with(Intent("Heat-Intent", ("warm",))), "underscores"),
        (_with(Intent("IceIntent", ("cold",))), "is there twice"),
        (_with(Intent("HeatIntent", ("{pack}",))), "which the intent lacks"),
        (_with(Intent("HeatIntent", ("{pack}",), (Slot("pack", "PACK"),))), "which is not there"),
        (_with(Intent("HeatIntent", ("a {topic}",), (Slot("topic", "TERM"),))), "two types"),
        (replace(GOOD, types=(*GOOD.types, SlotType("X", (SlotValue("a", "x" * 141),)))), "longer than"),
        (
            replace(GOOD, types=(SlotType("TOPIC", (SlotValue("a", "n"), SlotValue("b", "n"))), GOOD.types[1])),
            "stands for",
        ),
    ],
)
def test_each_broken_rule_is_told_with_the_mend(model: InteractionModel, told: str) -> None:
    assert any(told in rule for rule in broken_rules(model))

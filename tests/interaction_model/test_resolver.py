"""The resolver on the project's own model; its score on unseen wordings is in tests/test_wordings.py."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interaction_model.classifier import Classifier
from interaction_model.model import FALLBACK, HARMLESS, SLOT, intent_name, model_path, read_model
from interaction_model.resolver import Resolver
from interaction_model.sounds import likeness


def test_every_sample_of_the_model_is_its_own_intent_for_certain(resolver: Resolver) -> None:
    for intent in read_model(model_path("en-US")).intents:
        for sample in intent.samples:
            if not SLOT.search(sample) and intent.name != HARMLESS:  # harmless words are simply not urgent
                found = resolver.resolve(sample)
                assert (found.intent, found.confidence) == (intent.name, 1.0), sample


def test_every_slot_value_is_found_by_every_name_it_has(resolver: Resolver) -> None:
    model = read_model(model_path("en-US"))
    for values, carrier, slot in ((model.types[0], "tell me about", "topic"), (model.types[1], "define", "term")):
        for value in values.values:
            for name in (value.name, *value.synonyms):
                found = resolver.resolve(f"{carrier} {name}")
                own = found.intent == intent_name(value.id)  # some names are samples of the entry too
                assert own or found.slots[slot].id == value.id, name


@pytest.mark.parametrize(
    ("said", "intent"),
    [
        ("Um, how long, how long should I ice it?", "IceHowLongIntent"),
        ("HOW LONG SHOULD I ICE MY BACK!!!", "IceHowLongIntent"),
        ("how lng shuld i ice my bak", "IceHowLongIntent"),
        ("is sigh attica from are a", "SciaticaAndRaIntent"),
        ("do n saids help with a stiff back", "AntiInflammatoriesIntent"),
        ("so my back hurts again and i never know should i put ice or heat on it", "IceOrHeatIntent"),
        ("play some jazz in the kitchen", FALLBACK),
        ("what is the tallest building in dubai", FALLBACK),
        ("qwxz", FALLBACK),
        ("日本語", FALLBACK),
        ("", FALLBACK),
        ("say that again please", "AMAZON.RepeatIntent"),
        ("that's enough thanks", "AMAZON.StopIntent"),
    ],
)
def test_what_people_say_finds_its_intent(resolver: Resolver, said: str, intent: str) -> None:
    assert resolver.resolve(said).intent == intent


def test_a_slot_value_said_badly_is_still_found(resolver: Resolver) -> None:
    found = resolver.resolve("what does spondy lolisthesis mean")
    assert (found.intent, found.slots["term"].id) == ("DefineIntent", "spondylolisthesis")


def test_a_confidence_is_a_share_and_only_a_known_wording_is_certain(resolver: Resolver) -> None:
    assert resolver.resolve("ice or heat").confidence == 1.0
    assert 0 <= resolver.resolve("would freezing my spine be a good thing").confidence < 1


def test_a_near_tie_is_said_to_be_one() -> None:
    texts = ["cold packs for backs", "ice for my back", "hot packs for backs", "heat for my back"]
    scores = Classifier(texts, {"packs": ["Ice", "Ice", "Heat", "Heat"]}).scores("packs", ["packs for my back"])[0]
    assert abs(scores[0] - scores[1]) < 0.05


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300))
def test_anything_that_is_said_is_resolved_to_something(resolver: Resolver, said: str) -> None:
    found = resolver.resolve(said)
    assert found.intent
    assert 0 <= found.confidence <= 1


def test_learning_again_from_the_file_of_an_earlier_start_gives_the_same_answers(tmp_path: Path) -> None:
    texts, labels = ["does ice help", "is heat good", "play music"], {"a": ["Ice", "Heat", FALLBACK]}
    learnt = tmp_path / "learnt.npz"
    first = Classifier(texts, labels, learnt).scores("a", ["is ice good"])
    assert learnt.exists()
    assert (Classifier(texts, labels, learnt).scores("a", ["is ice good"]) == first).all()
    learnt.write_bytes(learnt.read_bytes()[:100])
    assert (Classifier(texts, labels, learnt).scores("a", ["is ice good"]) == first).all()


@pytest.mark.parametrize(
    ("heard", "known"),
    [
        ("sigh attica", "sciatica"),
        ("room a toid", "rheumatoid"),
        ("fasset joint", "facet joint"),
        ("n saids", "nsaids"),
    ],
)
def test_what_a_recogniser_mishears_sounds_like_what_was_said(heard: str, known: str) -> None:
    assert likeness(heard, known) > 0.7 > likeness(heard, "tai chi")

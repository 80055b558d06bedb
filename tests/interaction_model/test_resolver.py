"""The resolver on the project's own model; its score on unseen wordings is in tests/test_wordings.py."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interaction_model.classifier import Classifier
from interaction_model.features import Features
from interaction_model.learning import solve_positive
from interaction_model.learnt import Learnt, keep_learnt, learn_samples, read_learnt
from interaction_model.model import SLOT, model_path, read_model
from interaction_model.names import FALLBACK, HARMLESS, intent_name
from interaction_model.resolver import Resolver
from interaction_model.samples import ANSWERS, Samples
from interaction_model.sounds import coarse_sound, likeness


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


def _learnt(*taught: tuple[str, str]) -> Learnt:
    return learn_samples(Samples({}, taught, (), {}))


def test_a_near_tie_is_said_to_be_one() -> None:
    packs = [("cold packs for backs", "Ice"), ("ice for my back", "Ice")]
    packs += [("hot packs for backs", "Heat"), ("heat for my back", "Heat")]
    learnt = _learnt(*packs)
    classifier = Classifier(learnt.features, learnt.labels, learnt.weights)
    scores = classifier.scores(["packs for my back"])[ANSWERS][0]
    assert abs(scores[0] - scores[1]) < 0.05


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300))
def test_anything_that_is_said_is_resolved_to_something(resolver: Resolver, said: str) -> None:
    found = resolver.resolve(said)
    assert found.intent
    assert 0 <= found.confidence <= 1


def test_what_was_kept_gives_the_same_answers_and_what_was_spoilt_is_learnt_again(tmp_path: Path) -> None:
    learnt = _learnt(("does ice help", "Ice"), ("is heat good", "Heat"), ("play music", FALLBACK))
    folder = tmp_path / "learnt"
    keep_learnt(learnt, folder)
    kept = read_learnt(folder)
    assert kept is not None
    first, again = (Classifier(one.features, one.labels, one.weights).scores(["is ice good"]) for one in (learnt, kept))
    assert (first[ANSWERS] == again[ANSWERS]).all()
    for file in folder.iterdir():
        whole = file.read_bytes()
        file.write_bytes(whole[: len(whole) // 2])
        assert read_learnt(folder) is None, file.name
        file.write_bytes(whole)
    assert [file.name for file in tmp_path.iterdir()] == ["learnt"]
    assert read_learnt(tmp_path / "nothing") is None


def test_equations_are_solved_as_numpy_solves_them() -> None:
    random = np.random.default_rng(3)
    half = random.normal(size=(300, 400)).astype(np.float32)
    matrix, right = half @ half.T / 400 + np.eye(300, dtype=np.float32), random.normal(size=(300, 4)).astype(np.float32)
    assert np.allclose(solve_positive(matrix.copy(), right.copy(), 64), np.linalg.solve(matrix, right), atol=1e-4)


def test_words_that_nobody_taught_make_the_others_count_for_less() -> None:
    features = Features.of(["how do i stretch", "is stretching good"])
    known, strange = (
        np.abs(features.describe(text)[1]).sum() for text in ("how do i stretch", "how do i zzgrk stretch")
    )
    assert strange < known


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


@pytest.mark.parametrize(
    ("heard", "known"), [("heed", "heat"), ("wait", "weight"), ("bag", "back"), ("lo back", "low back")]
)
def test_what_is_misheard_has_the_sound_of_what_was_said(heard: str, known: str) -> None:
    assert coarse_sound(heard) == coarse_sound(known)

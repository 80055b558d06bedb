"""Which intents would swallow each other's wordings: the formula tells what learning anew would find."""

import numpy as np

from interaction_model.classifier import Classifier
from interaction_model.collisions import collisions
from interaction_model.features import Features
from interaction_model.learning import learn, left_out
from interaction_model.samples import ANSWERS, Samples
from interaction_model.weights import Weights

TAUGHT = (
    ("does ice help my back", "Ice"),
    ("is ice good for pain", "Ice"),
    ("cold pack for my back", "Ice"),
    ("does heat help my back", "Heat"),
    ("is heat good for pain", "Heat"),
    ("hot pack for my back", "Heat"),
    ("play some music", "AMAZON.FallbackIntent"),
    ("play another song", "AMAZON.FallbackIntent"),
)


def test_a_sample_left_out_scores_as_it_does_when_the_others_are_learnt_without_it() -> None:
    texts, labels = zip(*TAUGHT, strict=True)
    features = Features.of(texts)
    known, scores = left_out(texts, features, labels)
    for number in (0, 3, 6):
        kept = [n for n in range(len(texts)) if n != number]
        names, weights = learn([texts[n] for n in kept], features, {ANSWERS: [labels[n] for n in kept]})
        found = Classifier(features, names, Weights.of(weights)).scores([texts[number]])[ANSWERS][0]
        # The labels' sizes change a little when one is missing, and with them the ridge.
        assert np.allclose(found, scores[number], atol=0.05), texts[number]
        assert names[ANSWERS] == known


def test_a_wording_that_another_intent_swallows_is_named_and_one_that_stands_alone_is_not() -> None:
    stray = ("does ice help with pain in my back", "Heat")
    found = collisions(Samples({}, (*TAUGHT, stray), (), {}))
    assert found.samples == len(TAUGHT) + 1
    named = {each.sample: each.taken_for for each in found.found}
    assert named[stray[0]] == "Ice"
    assert "play another song" not in named
    assert ("Heat", "Ice") in {(first, second) for first, second, _ in found.pairs()}

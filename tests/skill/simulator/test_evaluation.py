"""Which collisions of the model a listener would notice, and what the command says of them."""

import pytest

from interaction_model.collisions import Collision, Collisions
from interaction_model.names import FALLBACK
from interaction_model.samples import Samples
from skill.__main__ import commands
from skill.library import Library
from skill.simulator import evaluation

NOTHING = Samples({}, (), (), {})

FOUND = {
    "another answer": ("IceIntent", "HeatIntent", True),
    "both decline": (FALLBACK, "DosesIntent", False),
    "an answer that is declined": ("IceIntent", FALLBACK, True),
    "the same fact": ("SciaticaAndRaIntent", "SciaticaAndRaIntent#topic#sciatica-and-ra", False),
    "one word explained for another": ("DefineIntent#term#facet-joint", "DefineIntent#term#sciatica", True),
    "a command for another": ("MoreIntent", "AMAZON.StopIntent", True),
}


@pytest.mark.parametrize("case", FOUND)
def test_what_a_listener_would_notice_is_listed_and_nothing_else(
    case: str, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    label, taken_for, noticed = FOUND[case]
    all_found = Collisions(10, (Collision("said", label, taken_for, 0.5),))
    monkeypatch.setattr(evaluation, "collisions", lambda _: all_found)
    assert bool(evaluation.swallowed(NOTHING, library).found) is noticed


def test_the_command_counts_pairs_and_shows_the_clearest(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found = Collisions(10, (Collision("warm or cold", "IceIntent", "HeatIntent", 0.5),))
    monkeypatch.setattr(evaluation, "collisions", lambda _: found)
    commands.main(["collisions"], standalone_mode=False)
    out = capsys.readouterr().out
    assert "Of 10 wordings 1 would be taken for something else." in out
    assert "1 between HeatIntent and IceIntent" in out
    assert "0.50 warm or cold (IceIntent): HeatIntent" in out

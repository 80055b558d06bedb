import pytest
from hypothesis import given
from hypothesis import strategies as st

from interaction_model.normalise import normalise


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        ("Does ICE help?", "does ice help"),
        ("um, does, uh, ice ice help please", "does ice help"),
        ("what's r. a.", "what is ra"),
        ("r.a. and my back", "ra and my back"),
        ("rheumatoid arthritis", "ra"),
        ("does r a hurt", "does ra hurt"),
        ("do n. s. a. i. d. s help", "do nsaids help"),
        ("d. mards", "dmards"),
        ("so well i can't", "i cannot"),
        ("my doctor's advice", "my doctor advice"),
        ("an x. ray", "an xray"),
        ("my favourite programme", "my favorite program"),
        ("c. one and c. two", "c one and c two"),
        ("okay", "okay"),
        ("日本語 ???", ""),
        ("", ""),
    ],
)
def test_the_same_thing_said_otherwise_has_one_form(said: str, plain: str) -> None:
    assert normalise(said) == plain


@given(st.text(st.characters(codec=None), max_size=2000))
def test_anything_has_a_plain_form_that_is_its_own(said: str) -> None:
    plain = normalise(said)
    assert set(plain) <= set("abcdefghijklmnopqrstuvwxyz0123456789' ")
    assert normalise(plain) == normalise(normalise(plain))

"""Amazon's list, run on what is shipped; and each point shown to find what it is there to find."""

import dataclasses
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from skill.certification import experience, policy, security
from skill.certification.points import POINTS, certify, listing, marks
from skill.certification.subject import Subject, open_subject
from skill.library import Library, Phrase


@pytest.fixture(scope="module")
def subject() -> Iterator[Subject]:
    with open_subject() as opened:
        yield opened


def test_nothing_on_the_list_fails(subject: Subject) -> None:
    results = list(certify(subject))
    assert [result.number for result in results] == list(range(1, 39))
    assert [f"{result.number}. {fault}" for result in results for fault in result.faults] == []
    assert {result.number for result in results if result.verdict == "you"} == {7, 9, 12, 36, 38}
    assert all(point.tried or point.by_hand for point in POINTS)


Change = Callable[[Library], Library]


def _store(**changes: Any) -> Change:
    return lambda library: dataclasses.replace(library, listing=dataclasses.replace(library.listing, **changes))


def _phrase(name: str, says: str, reprompt: str = "") -> Change:
    def change(library: Library) -> Library:
        return dataclasses.replace(library, phrases={**library.phrases, name: Phrase(says, reprompt)})

    return change


def _entry(name: str, **changes: Any) -> Change:
    def change(library: Library) -> Library:
        entry = dataclasses.replace(library.entries[name], **changes)
        return dataclasses.replace(library, entries={**library.entries, name: entry})

    return change


@pytest.mark.parametrize(
    ("look", "change", "told"),
    [
        (policy.disclaimer, _store(disclaimer="Be well."), "not medical advice"),
        (policy.disclaimer, _store(disclaimer="In an emergency, call somebody."), "911"),
        (policy.spoken_notice, _phrase("welcome-first", "Hello. What would you like?", "Well?"), "welcome-first"),
        (policy.spoken_notice, _phrase("notice", "Hello."), "notice"),
        (policy.no_claim, _store(summary="It cures your back."), '"cures"'),
        (policy.no_claim, _store(description="A life-saving skill."), '"life-saving"'),
        (policy.never_calls, _phrase("urgent", "Shall I call an ambulance?"), '"shall i call"'),
        (policy.no_advertising, _entry("ice", more="You can buy a cold pack."), '"buy"'),
        (policy.privacy_page, _store(privacy_url="http://me"), "privacy_url"),
        (experience.example_phrases, _store(example_phrases=("Alexa, begin", "ice or heat", "fly")), "fly"),
        (experience.example_phrases, _store(example_phrases=("Alexa, open gentle back",)), "three"),
        (experience.store_tells_the_truth, _store(description='Say "fly me".'), "fly me"),
        (experience.proper_answers, _phrase("help-start", "Something went wrong on my side."), "HelpIntent"),
        (experience.open_when_asked, _phrase("goodbye-unheard", "Goodbye?"), "StopIntent"),
        (experience.closed_when_not, _phrase("help-start", "I help.", "Well?"), "HelpIntent"),
        (experience.options_are_asked, _phrase("help-start", "To go on, say more.", "Well?"), "HelpIntent"),
        (experience.launch, _phrase("welcome-first", "Hello there.", "Well?"), "welcome"),
        (experience.help_helps, _phrase("help-start", "I help.", "Well?"), "help must"),
        (listing, _store(summary="s" * 161), "161 characters"),
        (marks, _store(name="Alexa Back"), '"alexa"'),
    ],
)
def test_each_point_finds_what_it_is_there_for(look, change: Change, told: str, subject: Subject, tmp_path) -> None:
    changed = Subject({"en-US": change(subject.libraries["en-US"])}, {"en-US": subject.models["en-US"]}, tmp_path)
    found = list(look(changed))
    assert any(told in fault for fault in found), found


def test_a_missing_id_and_a_lax_verifier_are_found(subject: Subject, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("skill.hosting.verification.Verifier.verify", lambda *_: None)
    assert len(list(security.signatures_times_and_statuses(subject))) >= 6
    monkeypatch.setattr("skill.certification.security.certificate_url", lambda url: url)
    assert len(list(security.url_rules(subject))) == len(security.BAD_URLS)
    monkeypatch.setattr("skill.certification.security.signer_of", lambda *_: None)
    assert len(list(security.chain_rules(subject))) == 3
    monkeypatch.setattr("skill.certification.subject.Endpoint.answer", lambda *_: {"response": {}})
    assert list(security.only_our_id(subject))

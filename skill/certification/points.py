"""Amazon's certification list, point by point: what can be tried is tried, the rest is left to a person by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from interaction_model.manifest import ICONS
from skill.certification import experience, policy, security
from skill.certification.subject import Subject

Try = Callable[[Subject], Iterable[str]]

NAME, SUMMARY, DESCRIPTION, KEYWORDS = 50, 160, 4_000, 30
"""Characters, and keywords, that the store takes; remembered, and not read on a page of Amazon's."""


@dataclass(frozen=True, slots=True)
class Point:
    """One point of the list."""

    says: str
    tried: Try | None = None
    by_hand: str = ""
    """What a person has to do, where it cannot be tried here."""
    for_the_host: bool = False
    """Whether what is found is for whoever hosts the skill to fill in, and no fault of ours."""


@dataclass(frozen=True, slots=True)
class Result:
    """How a point stands."""

    number: int
    says: str
    faults: tuple[str, ...] = ()
    to_do: tuple[str, ...] = ()
    tried: bool = True

    @property
    def verdict(self) -> str:
        """`pass`, `FAIL`, or `you` where it is for a person to see to."""
        if self.faults:
            return "FAIL"
        return "pass" if self.tried else "you"


def listing(subject: Subject) -> Iterator[str]:
    """Yield what a store page lacks."""
    for locale, library in subject.libraries.items():
        page = library.listing
        limits = {"name": (page.name, NAME), "summary": (page.summary, SUMMARY)}
        limits["description"] = (page.whole_description, DESCRIPTION)
        for key, (text, longest) in limits.items():
            if len(text) > longest:
                yield f"{locale}: {key} has {len(text)} characters; the store takes {longest}"
        if len(page.keywords) > KEYWORDS:
            yield f"{locale}: the store takes {KEYWORDS} keywords"
    for size, path in ICONS.items():
        if not path.exists():
            yield f"the icon of {size} pixels is missing: {path.name}"


def marks(subject: Subject) -> Iterator[str]:
    """Yield each locale whose name uses a mark of Amazon's."""
    for locale, library in subject.libraries.items():
        for mark in ("alexa", "amazon", "echo", "skill"):
            if mark in library.listing.name.lower().split():
                yield f'{locale}: take "{mark}" out of the name'


POINTS = (
    Point("The store page says that this is no medical advice, with the local emergency number", policy.disclaimer),
    Point("It is also said aloud", policy.spoken_notice),
    Point("Nothing that anybody says about their health is asked for or kept", policy.nothing_about_health_is_kept),
    Point("Name and description claim no help that saves lives", policy.no_claim),
    Point("They claim no cure", policy.no_claim),
    Point("The skill never offers to call for help", policy.never_calls),
    Point("Each locale has a privacy page", policy.privacy_page, for_the_host=True),
    Point("No mark of Amazon's in the name; none in your domain", marks, "Check that your domain has no mark in it."),
    Point("All sound is ours", by_hand="Nothing is played but speech. If you add sounds, keep their licences ready."),
    Point("No advertising", policy.no_advertising),
    Point("Only requests for this skill are answered", security.only_our_id),
    Point(
        "HTTPS on port 443 with a trusted certificate",
        by_hand="Hosting it yourself: look at https://your-host/health in a browser. On Lambda there is nothing to do.",
    ),
    Point("The certificate URL keeps Amazon's rules", security.url_rules),
    Point("The certificate chain is trusted, current and Amazon's", security.chain_rules),
    Point("The signature is over the raw body, with SHA-256", security.signatures_times_and_statuses),
    Point("The timestamp is of now", security.signatures_times_and_statuses),
    Point("Every bad request gets 400", security.signatures_times_and_statuses),
    Point("Every good request is answered", security.signatures_times_and_statuses),
    Point("Example phrases work as they are shown", experience.example_phrases),
    Point("Every intent gets a proper answer in every locale", experience.proper_answers),
    Point("The store says what the skill does", experience.store_tells_the_truth),
    Point("Cards show the words", experience.cards),
    Point("Unknown properties in requests do no harm", experience.unknown_properties),
    Point("After a question it listens, and reprompts", experience.open_when_asked),
    Point("Without a question it does not listen", experience.closed_when_not),
    Point("Options end in a question", experience.options_are_asked),
    Point("Opening it names the skill, says what to ask, and asks", experience.launch),
    Point("Who comes back is greeted otherwise", experience.welcomes_differ),
    Point("Help helps, everywhere", experience.help_helps),
    Point("Stop stops", experience.stop_stops),
    Point("Cancel leaves", experience.cancel_leaves),
    Point("What is not understood gets help", experience.fallback_helps),
    Point("Pause, resume and the nine other transport intents are answered", experience.transport),
    Point("No two intents share an utterance; the model keeps Alexa's rules", experience.model_rules),
    Point("No response is too long, and all SSML is XML", experience.sizes),
    Point(
        "It works on a real device",
        by_hand="Try every line of the testing instructions in store.toml, with and without a screen, in each locale.",
    ),
    Point(
        "The store page is complete",
        listing,
        "Decide on export compliance yourself: it is a statement in law, so skill.json leaves isExportCompliant out.",
    ),
    Point(
        "Amazon's own validation",
        by_hand="Once it is deployed: 'ask smapi submit-skill-validation --help', with your skill's id and locales.",
    ),
)


def certify(subject: Subject) -> Iterator[Result]:
    """Yield how each point stands, in the order of the list; what several points share is tried once."""
    tried: dict[Try, tuple[str, ...]] = {}
    for number, point in enumerate(POINTS, start=1):
        found: tuple[str, ...] = ()
        if point.tried:
            if point.tried not in tried:
                tried[point.tried] = tuple(point.tried(subject))
            found = tried[point.tried]
        by_hand = (point.by_hand,) if point.by_hand else ()
        if point.for_the_host:
            yield Result(number, point.says, to_do=(*by_hand, *found), tried=not found)
        else:
            yield Result(number, point.says, found, by_hand, tried=point.tried is not None)

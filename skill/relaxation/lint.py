"""The rules that relaxation sessions must keep: words that are safe for sore joints, and plans that hold."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from skill.library import Library
from skill.library.faults import Fault
from skill.library.readability import words
from skill.library.scripts import After, Line, Script, Step
from skill.relaxation.plan import Plan
from skill.relaxation.planner import MOST_WORDS, SILENCES, TOLERANCE, PlanError, plan
from skill.relaxation.selection import lines_of, parts_of

RATES = (0.6, 0.8, 1.0, 1.2, 1.4)
"""The listener's rates; a test holds them against those of the conversation."""

FEWEST_WORDS = 40
"""Words a minute over the whole session, at the listener's usual rate."""

LONGEST_OPENING = 35
"""Words."""

SHORTEST_CLOSING = 20.0
"""Seconds for coming back."""

ANNOUNCED_FROM = 10.05
"""Seconds: a longer silence is announced (a tenth is the accuracy of a plan)."""

FEWEST_ASKS = 15

# Cervical spine involvement was found in 32 to 57 percent of people with RA, half of them without a symptom.
FORBIDDEN = (
    r"\b(?:roll|circle|turn|drop|tilt|stretch|bend|nod|shake|lift|pull)\w* (?:your |the )?(?:neck|head|chin)\b",
    r"\bear (?:to|towards?) (?:your )?shoulder\b",
    r"\bchin (?:to|towards?) (?:your )?chest\b",
    r"\blook (?:up at|over|behind)\b",
    r"\b(?:clench|squeeze|tense|tighten|grip)\w*\b",
    r"\bmake (?:a )?fists?\b",
    r"\b(?:bridge|plough|plow|headstand|twist)\b",
    r"\bfold (?:forward|over)\b|\bbend (?:forward|over|down)\b",
)
"""Movements that can harm an unstable neck, inflamed joints or a brittle back."""

HARSH = (
    r"\bsurrender\b|\blet me in\b|\bempty your mind\b|\bgo deeper\b|\bdeeper and deeper\b",
    r"\byou must\b|\byou have to\b|\bdon't move\b|\btry harder\b",
    r"^close your eyes\b",
)
"""Words that take the choice away, which somebody with a bad past may need most."""


def lint(library: Library) -> list[Fault]:
    """Check every session in every length, posture and rate; an empty list means that all rules hold."""
    faults = [fault for script in library.scripts.values() for fault in (*_texts(script), *_plans(script, library))]
    frame = library.frame
    shared = (frame.opening, frame.closing, frame.linger, frame.easy_breath, *frame.settle.values())
    for text in (line.text for line in itertools.chain(*shared)):
        faults += [Fault("session-frame.toml", f'"{text}"', wrong, mend) for wrong, mend in _unsafe(text)]
    opening = sum(len(words(line.text)) for line in frame.opening)
    longest = max((len(words(text)) for text in frame.lengths), default=0)
    if opening + longest > LONGEST_OPENING:
        wrong = f"comes to {opening + longest} words"
        faults.append(Fault("session-frame.toml", "opening", wrong, f"keep it to {LONGEST_OPENING}"))
    return sorted(set(faults))


def _texts(script: Script) -> Iterator[Fault]:
    file = f"relaxation/{script.name}.toml"
    if len(script.asks) < FEWEST_ASKS:
        yield Fault(file, "asks", f"holds {len(script.asks)} wordings", f"write at least {FEWEST_ASKS}")
    for text in (*script.caution, *(line.text for line in script.settle)):
        yield from (Fault(file, "caution", wrong, mend) for wrong, mend in _unsafe(text))
    for step in script.steps:
        texts = [line.text for line in step.lines]
        said = itertools.chain.from_iterable(step.breathing.says if step.breathing else ())
        for wrong, mend in itertools.chain(*(_unsafe(text) for text in (*texts, *said)), _awkward(step)):
            yield Fault(file, f"step {step.name}", wrong, mend)


def _unsafe(text: str) -> Iterator[tuple[str, str]]:
    for pattern in FORBIDDEN:
        if found := re.search(pattern, text, re.IGNORECASE):
            yield f'says "{found.group()}"', "leave this movement out: it can harm a sore neck or joint"
    for pattern in HARSH:
        if found := re.search(pattern, text, re.IGNORECASE):
            yield f'says "{found.group()}"', 'leave a choice: "if you like", "you can"'
    if "?" in text:
        yield f'asks "{text}"', "ask nothing until the end"


def _awkward(step: Step) -> Iterator[tuple[str, str]]:
    texts = [line.text for line in step.lines]
    for line in step.lines:
        if line.after is After.QUIET and "quiet" not in line.text:
            yield f'is silent after "{line.text}"', "say that you'll be quiet"
    for text in sorted({text for text in texts if texts.count(text) > 1}):
        yield f'says "{text}" twice', "say it otherwise the second time"


def _plans(script: Script, library: Library) -> Iterator[Fault]:
    """Try every plan, and report each kind of fault once, where it was met first."""
    file = f"relaxation/{script.name}.toml"
    met: set[str] = set()
    for minutes, posture, rate, even in itertools.product(script.lengths, script.postures, RATES, (False, True)):
        place = f"{minutes} minutes {posture} at rate {rate}"
        try:
            made = plan(script, library.frame, minutes=minutes, posture=posture, rate=rate, even=even)
        except PlanError as error:
            yield Fault(file, place, "cannot be planned", str(error))
            continue
        lines = [line for part in parts_of(script, library.frame, posture, minutes) for line in lines_of(part, posture)]
        for wrong, mend in (
            *_lengths(made, minutes, usual=rate <= 1.0),
            *_silences(made, lines),
            *_course(made, script),
        ):
            if mend not in met:
                met.add(mend)
                yield Fault(file, place, wrong, mend)


def _lengths(made: Plan, minutes: int, *, usual: bool) -> Iterator[tuple[str, str]]:
    if abs(made.seconds - minutes * 60) > TOLERANCE * minutes * 60:
        yield f"takes {made.seconds:.0f} seconds", "write more lines, or give some a higher `least`"
    if made.words_per_minute > MOST_WORDS + 0.5:
        yield f"has {made.words_per_minute:.0f} words a minute", "use fewer words, or give lines a higher `least`"
    if usual and made.words_per_minute < FEWEST_WORDS - 0.5:
        yield f"has {made.words_per_minute:.0f} words a minute", "write more lines, or shorter silences"


def _silences(made: Plan, lines: Sequence[Line]) -> Iterator[tuple[str, str]]:
    announce = {line.text for line in lines if line.after is After.QUIET}
    longest = SILENCES[After.QUIET][1] + 0.05
    for cue, silence in made.silences:
        if silence > (longest if cue.say.text in announce else ANNOUNCED_FROM):
            yield f'is silent for {silence:.0f} seconds after "{cue.say.text}"', "announce it, at most 28 seconds"


def _course(made: Plan, script: Script) -> Iterator[tuple[str, str]]:
    if any(later.start < earlier.end for earlier, later in itertools.pairwise(made.cues)):
        yield "says two things at once", "use fewer words for each part of a breath"
    closing = next(step.start for step in made.steps if step.part == made.steps[-1].part)
    if not script.sleep and made.seconds - closing < SHORTEST_CLOSING:
        yield "comes back too fast", f"leave at least {SHORTEST_CLOSING:.0f} seconds for it"

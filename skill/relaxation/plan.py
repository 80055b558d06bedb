"""A timed plan: what is said when, in which step, and where in it a listener is."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from skill.library.readability import words
from speech.document import Pause, Say, Spoken, spoken


@dataclass(frozen=True, slots=True)
class Cue:
    """One sentence at its time."""

    start: float
    """Seconds from the start of the plan."""
    say: Say
    seconds: float
    """How long it takes to say, as far as its words tell."""

    @property
    def end(self) -> float:
        """Seconds from the start of the plan."""
        return self.start + self.seconds


@dataclass(frozen=True, slots=True)
class PlanStep:
    """What is said from one place to which a listener can return, up to the next."""

    start: float
    """Seconds from the start of the plan."""
    part: int
    """Which of the session's parts it belongs to: the same in every plan of the session."""
    moves: bool
    cues: tuple[Cue, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """A session from its start, or from one of its parts, to its end."""

    steps: tuple[PlanStep, ...]
    seconds: float
    """The whole length, the silence after the last sentence included."""

    @property
    def cues(self) -> tuple[Cue, ...]:
        """Every sentence in order."""
        return tuple(cue for step in self.steps for cue in step.cues)

    def step_at(self, seconds: float) -> int:
        """Return the step at this time; before the start it is the first, after the end the last."""
        return max(0, bisect_right([step.start for step in self.steps], seconds) - 1)

    def left(self, step: int) -> float:
        """Return the seconds from the start of a step to the end."""
        return self.seconds - self.steps[step].start

    def going_on_at(self, seconds: float, step: int) -> float:
        """Return where to go on after a short word: at the start of the sentence it broke into, or in the silence."""
        begun = [cue for later in self.steps[step:] for cue in later.cues if cue.start <= seconds]
        if not begun:
            return self.steps[step].start
        return begun[-1].start if seconds < begun[-1].end else seconds

    def words(self, step: int = 0, start: float = 0.0) -> Spoken:
        """Return what is heard from the start of a step, or a later second, to the end, silences included.

        Raises:
            IndexError: when there is no such step.
        """
        now = max(self.steps[step].start, start)
        parts: list[Say | Pause] = []
        for cue in (cue for later in self.steps[step:] for cue in later.cues if cue.start >= now):
            parts += _silence(cue.start - now)
            parts.append(cue.say)
            now = cue.end
        return spoken([*parts, *_silence(self.seconds - now)])

    @property
    def words_per_minute(self) -> float:
        """Return the words of the whole, silences counted in."""
        return sum(len(words(cue.say.text)) for cue in self.cues) / self.seconds * 60

    @property
    def silences(self) -> tuple[tuple[Cue, float], ...]:
        """Every sentence with the seconds of silence after it."""
        ends = [*(cue.start for cue in self.cues[1:]), self.seconds]
        return tuple((cue, end - cue.end) for cue, end in zip(self.cues, ends, strict=True))


def _silence(seconds: float) -> list[Pause]:
    return [Pause(seconds)] if round(seconds, 3) > 0 else []

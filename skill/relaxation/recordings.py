"""What a recording of a session is called, and what its captions say."""

from __future__ import annotations

from skill.library.scripts import Script
from skill.relaxation.plan import Plan
from skill.relaxation.practice import Practice
from speech.captions import Caption, web_vtt


def recording_name(script: str, minutes: int, posture: str) -> str:
    """Return the name of the files, less their endings."""
    return f"{script}-{minutes}-minutes-{posture}"


def has_recording(practice: Practice, script: Script) -> bool:
    """Tell whether `gentle-back render` makes a recording of exactly this plan."""
    whole = practice.first == 0 and not practice.seconds and not practice.skip
    return whole and practice.rate == 1.0 and not practice.even and practice.minutes in script.recorded


def captions_of(plan: Plan) -> str:
    """Return the plan's sentences as WebVTT."""
    return web_vtt(Caption(cue.start, cue.end, cue.say.text) for cue in plan.cues)

"""Recorded sessions on an AudioPlayer: the directives that play them, and where in one a listener is."""

from __future__ import annotations

import re
from dataclasses import replace

from ask_sdk_model import Context
from ask_sdk_model.interfaces.audioplayer import (
    AudioItem,
    AudioItemMetadata,
    AudioPlayerState,
    CaptionData,
    CaptionType,
    PlayBehavior,
    PlayDirective,
    PlayerActivity,
    Stream,
)

from skill.library import Library
from skill.relaxation.plan import Plan
from skill.relaxation.practice import Practice
from skill.relaxation.recordings import captions_of, has_recording, recording_name

_TOKEN = re.compile(r"gentle-back/([a-z0-9-]+)/(\d{1,2})/([a-z]+)")

_HEARD = (PlayerActivity.PLAYING, PlayerActivity.PAUSED, PlayerActivity.BUFFER_UNDERRUN)  # the SDK cannot hash them
"""The listener has not ended it: Alexa only holds it while somebody speaks."""

ROUNDING = 0.001
"""Seconds. A step's start is sent to the device in whole milliseconds, and must come back as that step's."""

_OVER = (PlayerActivity.FINISHED, PlayerActivity.IDLE)


class Streams:
    """The recordings below one base URL, as `gentle-back render` made them."""

    def __init__(self, base_url: str) -> None:
        """Take where the recordings are hosted, as `skill.settings` checked it."""
        self._base_url = base_url

    def can_play(self, practice: Practice, library: Library, context: Context) -> bool:
        """Tell whether this device can play a recording, and there is one of just this session."""
        device = context.system.device
        interfaces = device.supported_interfaces if device else None
        player = interfaces.audio_player if interfaces else None
        return player is not None and has_recording(practice, library.scripts[practice.script])

    def play(self, practice: Practice, plan: Plan, title: str) -> PlayDirective:
        """Return what plays it, from the exact place where it was paused, or from the start of a step."""
        offset = practice.offset or plan.steps[practice.step].start
        name = recording_name(practice.script, practice.minutes, practice.posture)
        stream = Stream(
            url=f"{self._base_url}/{name}.mp3",
            token=f"gentle-back/{practice.script}/{practice.minutes}/{practice.posture}",
            offset_in_milliseconds=round(offset * 1000),
            caption_data=CaptionData(object_type=CaptionType.WEBVTT, content=captions_of(plan)),
        )
        item = AudioItem(stream=stream, metadata=AudioItemMetadata(title=title, subtitle="Gentle Back"))
        return PlayDirective(play_behavior=PlayBehavior.REPLACE_ALL, audio_item=item)


def is_ours(token: str | None) -> bool:
    """Tell whether a stream is a recording of ours."""
    return bool(token) and _TOKEN.fullmatch(token or "") is not None


def practice_at(token: str, offset_milliseconds: int, library: Library) -> Practice | None:
    """Return the session of a stream, paused exactly there; None when there is no such session (any more)."""
    found = _TOKEN.fullmatch(token)
    if found is None:
        return None
    practice = Practice(found[1], int(found[2]), found[3])
    if not practice.known(library):
        return None
    offset = max(0.0, offset_milliseconds / 1000)
    return replace(practice, step=practice.plan(library).step_at(offset + ROUNDING), offset=offset)


def interrupted(context: Context, kept: Practice | None, now: float, library: Library) -> tuple[Practice | None, bool]:
    """Return the session as this request finds it, and whether its recording was being heard.

    The device knows better than our memory how far its stream has come.
    """
    state: AudioPlayerState | None = context.audio_player
    if state is None or not is_ours(state.token):
        return kept, False
    if state.player_activity in _OVER:
        return (None if state.player_activity is PlayerActivity.FINISHED else kept), False
    found = practice_at(state.token, state.offset_in_milliseconds or 0, library)
    if found is None or (kept is not None and (kept.playing or kept.script != found.script)):
        return kept, False  # it was gone on with in spoken words, or another session came after it
    found = replace(found, hurt=bool(kept and kept.hurt))
    if state.player_activity not in _HEARD:
        return (found if kept is not None else None), False  # one that is kept no longer was left for good
    start = found.plan(library).steps[found.step].start
    return replace(found, began=now - (found.offset - start)), True

"""Recorded sessions on an AudioPlayer: whether one can be played, and the directive that plays it."""

from __future__ import annotations

from ask_sdk_model import Context
from ask_sdk_model.interfaces.audioplayer import (
    AudioItem,
    AudioItemMetadata,
    CaptionData,
    CaptionType,
    PlayBehavior,
    PlayDirective,
    Stream,
)

from skill.alexa.playback import token_of
from skill.library import Library
from skill.relaxation.plan import Plan
from skill.relaxation.practice import Practice
from skill.relaxation.recordings import captions_of, has_recording, recording_name


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
            token=token_of(practice),
            offset_in_milliseconds=round(offset * 1000),
            caption_data=CaptionData(object_type=CaptionType.WEBVTT, content=captions_of(plan)),
        )
        item = AudioItem(stream=stream, metadata=AudioItemMetadata(title=title, subtitle="Gentle Back"))
        return PlayDirective(play_behavior=PlayBehavior.REPLACE_ALL, audio_item=item)

"""Where this computer keeps what the program writes."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

APP = "gentle-back"


def data_folder() -> Path:
    """Return where listeners are remembered; `GENTLE_BACK_DATA` names another place."""
    chosen = os.environ.get("GENTLE_BACK_DATA")
    return Path(chosen) if chosen else platformdirs.user_data_path(APP)


def cache_folder() -> Path:
    """Return where what can be made again is kept; `GENTLE_BACK_CACHE` names another place."""
    chosen = os.environ.get("GENTLE_BACK_CACHE")
    return Path(chosen) if chosen else platformdirs.user_cache_path(APP)

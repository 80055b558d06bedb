"""flask-ask-sdk's `SkillAdapter`, without the request verifier that does not import on a current Linux.

That verifier imports `certvalidator`, and this `oscrypto` 1.3.0, which refuses every OpenSSL whose version has two
digits in its last part (3.0.10 and later). Stand-ins take their place, on every machine, so that nothing depends on
its OpenSSL; each raises when used. `skill.hosting.verification` checks requests instead.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any


class _Unusable:
    """Fails closed: nothing that somebody checks by it passes."""

    def __init__(self, *_: object, **__: object) -> None:
        raise RuntimeError("requests are verified by skill.hosting.verification, not by certvalidator")


class _NeverRaised(Exception):  # noqa: N818 (a name to catch, for exceptions that cannot come)
    """What the real package would raise."""


def _stand_in() -> None:
    package, errors = ModuleType("certvalidator"), ModuleType("certvalidator.errors")
    names: dict[str, Any] = {"CertificateValidator": _Unusable, "ValidationContext": _Unusable}
    package.__dict__.update(names, errors=errors)
    errors.__dict__.update(PathError=_NeverRaised, ValidationError=_NeverRaised)
    sys.modules["certvalidator"], sys.modules["certvalidator.errors"] = package, errors


_stand_in()

from flask_ask_sdk.skill_adapter import (  # noqa: E402 (only after the stand-in)
    VERIFY_SIGNATURE_APP_CONFIG,
    VERIFY_TIMESTAMP_APP_CONFIG,
    SkillAdapter,
)

__all__ = ["VERIFY_SIGNATURE_APP_CONFIG", "VERIFY_TIMESTAMP_APP_CONFIG", "SkillAdapter"]

"""The skill package's manifest: what the store shows, and what the skill asks of Alexa."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from interaction_model.listing import Listing
from interaction_model.model import SKILL_PACKAGE

MANIFEST = SKILL_PACKAGE / "skill.json"
ICONS = {size: SKILL_PACKAGE / "assets" / "images" / f"icon-{size}.png" for size in (108, 512)}
"""The small one and the large one, by their pixels."""

CATEGORY = "HEALTH_AND_FITNESS"
INTERFACES = ("AUDIO_PLAYER", "ALEXA_PRESENTATION_APL", "CAN_FULFILL_INTENT_REQUEST")
EVENTS = ("SKILL_DISABLED",)


def manifest(listings: Mapping[str, Listing], endpoint: str = "") -> dict[str, Any]:
    """Return the manifest of these locales; without an endpoint, ask-cli fills in the one that it made.

    `isExportCompliant` is left out: it is a statement in law, which a person has to make.
    """
    first = next(iter(listings.values()))
    trust = {"sslCertificateType": "Trusted"} if endpoint.startswith("https:") else {}
    where = {"endpoint": {"uri": endpoint, **trust}} if endpoint else {}
    return {
        "manifest": {
            "manifestVersion": "1.0",
            "publishingInformation": {
                "locales": {locale: _page(listing) for locale, listing in listings.items()},
                "category": CATEGORY,
                "isAvailableWorldwide": False,
                "distributionCountries": sorted(locale.partition("-")[2] for locale in listings),
                "distributionMode": "PUBLIC",
                "testingInstructions": first.testing,
            },
            "privacyAndCompliance": {
                "allowsPurchases": False,
                "usesPersonalInfo": False,
                "isChildDirected": False,
                "containsAds": False,
                "locales": {locale: {"privacyPolicyUrl": listing.privacy_url} for locale, listing in listings.items()},
            },
            "apis": {"custom": {"interfaces": [{"type": interface} for interface in INTERFACES], **where}},
            # Alexa refuses subscriptions without an endpoint; ask-cli adds both when it has made one.
            **({"events": {"subscriptions": [{"eventName": event} for event in EVENTS], **where}} if endpoint else {}),
        }
    }


def to_json(made: Mapping[str, Any]) -> str:
    """Write it, the same bytes each time."""
    return json.dumps(made, indent=2, ensure_ascii=False) + "\n"


def without_endpoints(made: Mapping[str, Any]) -> dict[str, Any]:
    """Return a manifest as it is before anybody hosts it: ask-cli writes endpoints into the file."""
    bare: dict[str, Any] = json.loads(json.dumps(made))
    bare["manifest"].pop("events", None)
    for key in ("endpoint", "regions"):
        bare["manifest"].get("apis", {}).get("custom", {}).pop(key, None)
    return bare


def with_endpoints_of(found: Mapping[str, Any], made: Mapping[str, Any]) -> dict[str, Any]:
    """Return a manifest with the endpoints and events that an older one has, as a host or ask-cli wrote them."""
    kept: dict[str, Any] = json.loads(json.dumps(made))
    older = found["manifest"]
    for key in ("endpoint", "regions"):
        if key in older.get("apis", {}).get("custom", {}):
            kept["manifest"]["apis"]["custom"][key] = older["apis"]["custom"][key]
    if "endpoint" in older.get("events", {}) or "regions" in older.get("events", {}):
        kept["manifest"]["events"] = older["events"]
    return kept


def _page(listing: Listing) -> dict[str, Any]:
    return {
        "name": listing.name,
        "summary": listing.summary,
        "description": listing.whole_description,
        "examplePhrases": list(listing.example_phrases),
        "keywords": list(listing.keywords),
        "smallIconUri": "file://assets/images/icon-108.png",
        "largeIconUri": "file://assets/images/icon-512.png",
        "updatesDescription": listing.updates,
    }

"""The skill package as Amazon's own models read it, and as ask-cli finds it."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from ask_sdk_core.serialize import DefaultSerializer
from ask_smapi_model.v1.skill.interaction_model.interaction_model_data import InteractionModelData
from ask_smapi_model.v1.skill.manifest.interface_type import InterfaceType
from ask_smapi_model.v1.skill.manifest.skill_manifest_envelope import SkillManifestEnvelope

from interaction_model.manifest import EVENTS, ICONS, MANIFEST, manifest, with_endpoints_of, without_endpoints
from interaction_model.model import SKILL_PACKAGE, model_path, read_model
from skill.library.read import load, locales

ROOT = Path(__file__).parents[2]
LOCALES = sorted(locales())
FIVE = ["en-AU", "en-CA", "en-GB", "en-IN", "en-US"]


def _through_amazons_models(written: dict[str, Any], model: type) -> Any:
    serializer = DefaultSerializer()
    return serializer.serialize(serializer.deserialize(json.dumps(written), model))


@pytest.mark.parametrize("locale", FIVE)
def test_a_model_loses_nothing_in_amazons_own_reading(locale: str) -> None:
    written = json.loads(model_path(locale).read_text(encoding="utf-8"))
    assert _through_amazons_models(written, InteractionModelData) == written


def test_the_manifest_loses_nothing_in_amazons_own_reading() -> None:
    written = json.loads(MANIFEST.read_text(encoding="utf-8"))
    interfaces = written["manifest"]["apis"]["custom"]["interfaces"]
    assert {interface["type"] for interface in interfaces} <= {kind.value for kind in InterfaceType}
    interfaces.remove({"type": "CAN_FULFILL_INTENT_REQUEST"})  # one that their list of names has, and their reader not
    assert _through_amazons_models(written, SkillManifestEnvelope) == written


def test_there_are_five_locales_and_nothing_else_in_the_package() -> None:
    assert LOCALES == FIVE
    found = {path.relative_to(SKILL_PACKAGE).as_posix() for path in SKILL_PACKAGE.rglob("*") if path.is_file()}
    models = {f"interactionModels/custom/{locale}.json" for locale in FIVE}
    assert found == {"skill.json", "assets/images/icon-108.png", "assets/images/icon-512.png", *models}


@pytest.mark.parametrize("size", [108, 512])
def test_icons_are_png_of_their_size(size: int) -> None:
    png = ICONS[size].read_bytes()
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    assert (int.from_bytes(png[16:20]), int.from_bytes(png[20:24])) == (size, size)


def test_ask_cli_finds_the_package_the_template_and_the_handler() -> None:
    profile = json.loads((ROOT / "ask-resources.json").read_text())["profiles"]["default"]
    assert (ROOT / profile["skillMetadata"]["src"] / "skill.json").samefile(MANIFEST)
    deployed = profile["skillInfrastructure"]["userConfig"]
    assert (ROOT / deployed["templatePath"]).exists()
    module, _, name = deployed["handler"].rpartition(".")
    assert f"def {name}(" in (ROOT / (module.replace(".", "/") + ".py")).read_text()
    assert deployed["skillEvents"]["subscriptions"] == list(EVENTS)
    # ask-cli adds them with an endpoint once there is one; Alexa refuses subscriptions without.
    assert "events" not in json.loads(MANIFEST.read_text())["manifest"]


def test_an_endpoint_is_written_where_alexa_calls_and_is_no_change_of_the_words() -> None:
    listings = {locale: load(locale=locale).listing for locale in FIVE}
    hosted = manifest(listings, "https://voice.example.com/")
    endpoint = {"uri": "https://voice.example.com/", "sslCertificateType": "Trusted"}
    assert hosted["manifest"]["apis"]["custom"]["endpoint"] == endpoint
    assert hosted["manifest"]["events"]["endpoint"] == endpoint
    assert without_endpoints(hosted) == manifest(listings)
    assert with_endpoints_of(hosted, manifest(listings)) == hosted
    assert with_endpoints_of(manifest(listings), manifest(listings)) == manifest(listings)
    arn = "arn:aws:lambda:us-east-1:123456789012:function:gentle-back"
    assert manifest(listings, arn)["manifest"]["apis"]["custom"]["endpoint"] == {"uri": arn}


def test_what_only_a_person_may_state_is_not_stated() -> None:
    assert "isExportCompliant" not in MANIFEST.read_text()


@pytest.mark.parametrize("locale", FIVE)
def test_example_phrases_are_samples_of_the_locales_own_model(locale: str) -> None:
    model = read_model(model_path(locale))
    samples = {sample for intent in model.intents for sample in intent.samples}
    opening, *others = json.loads(MANIFEST.read_text())["manifest"]["publishingInformation"]["locales"][locale][
        "examplePhrases"
    ]
    assert opening == f"Alexa, open {model.invocation_name}"
    for phrase in others:
        assert phrase in samples or re.sub(r"\b(two|five|ten)\b", "{minutes}", phrase) in samples

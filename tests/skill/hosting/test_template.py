"""The CloudFormation template: legal, with no right that the skill does not use."""

import importlib
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import skill.hosting
from skill.alexa.words import WordsByLocale
from skill.simulator.envelope import SKILL_ID, Device, Session

TEMPLATE = Path(skill.hosting.__file__).with_name("template.yaml")
TEXT = TEMPLATE.read_text(encoding="utf-8")


def test_cfn_lint_finds_nothing() -> None:
    command = [str(Path(sys.executable).with_name("cfn-lint")), "--format", "json", "--", str(TEMPLATE)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (ran.returncode, json.loads(ran.stdout or "[]")) == (0, []), ran.stderr


def test_the_function_may_do_three_things_with_one_table_and_write_its_log() -> None:
    actions = set(re.findall(r"- ((?:dynamodb|logs|s3|iam|lambda|kms):\S+)", TEXT))
    assert actions == {
        "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:DeleteItem", "logs:CreateLogStream", "logs:PutLogEvents",
    }  # fmt: skip
    assert re.findall(r"Resource: (.*)", TEXT) == ["!GetAtt Listeners.Arn", "!GetAtt Log.Arn"]
    assert "EventSourceToken: !Ref SkillId" in TEXT


def test_it_says_what_the_code_says() -> None:
    assert re.search(r"Timeout: 8\b", TEXT)
    assert "AttributeName: expires" in TEXT
    assert "Default: skill.hosting.aws_lambda.handler" in TEXT
    for name in ("GENTLE_BACK_SKILL_ID", "GENTLE_BACK_MEMORY", "GENTLE_BACK_RECORDINGS_URL"):
        assert name in TEXT


def test_the_alarms_look_for_what_the_log_says(
    words: WordsByLocale, tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each pattern is held against a line that the real skill logs when that very thing happens."""
    monkeypatch.setenv("GENTLE_BACK_SKILL_ID", SKILL_ID)
    monkeypatch.setenv("GENTLE_BACK_MEMORY", f"sqlite:{tmp_path}")  # a folder, which is no file
    monkeypatch.delitem(sys.modules, "skill.hosting.aws_lambda", raising=False)
    aws_lambda = importlib.import_module("skill.hosting.aws_lambda")  # it reads its settings when it is imported

    device, lines = Device("en-US"), {}

    def logged(name: str, envelope: dict[str, Any]) -> None:
        caplog.clear()
        aws_lambda.handler(envelope, None)
        lines[name] = caplog.text

    logged("Forgotten", device.launch(Session()))
    logged("Refused", {})
    ended = device.session_ended(Session(), "ERROR")
    ended["request"]["error"] = {"type": "INVALID_RESPONSE", "message": "the reprompt is too long"}
    logged("Invalid", ended)
    monkeypatch.setattr("skill.conversation.conversation.Conversation.reply", lambda *_: 1 / 0)
    logged("Broken", device.launch(Session()))
    sys.modules.pop("skill.hosting.aws_lambda", None)

    patterns = dict(re.findall(r"  (\w+):\n    Type: AWS::Logs::MetricFilter[\s\S]*?FilterPattern: '\"(.*)\"'", TEXT))
    assert patterns.keys() == lines.keys()
    for name, pattern in patterns.items():
        assert pattern in lines[name]
        assert not any(pattern in text for other, text in lines.items() if other not in {name, "Forgotten", "Broken"})
    assert TEXT.count("Type: AWS::CloudWatch::Alarm") == len(patterns) + 1

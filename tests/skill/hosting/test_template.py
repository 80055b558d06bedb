"""The CloudFormation template: legal, with no right that the skill does not use."""

import json
import re
import subprocess
import sys
from pathlib import Path

import skill.hosting

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


def test_the_alarms_look_for_what_the_log_says() -> None:
    root = TEMPLATE.parents[1]
    sources = "".join(path.read_text() for path in root.rglob("*.py"))
    for pattern in re.findall(r"FilterPattern: '\"(.*)\"'", TEXT):
        assert pattern in sources, pattern
    assert TEXT.count("Type: AWS::CloudWatch::Alarm") == 4

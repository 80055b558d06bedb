"""Memory in one DynamoDB table, by the ask-sdk's own adapter: rows that expire, numbers that it takes, short waits."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

import boto3
from ask_sdk_core.exceptions import PersistenceException
from ask_sdk_dynamodb.adapter import DynamoDbAdapter
from ask_sdk_model import RequestEnvelope
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

KEY, ATTRIBUTES, EXPIRES = "id", "attributes", "expires"
"""The columns of the table; `skill/hosting/template.yaml` says the same."""

VERSION = "version"
"""Counts a row's changes, among its attributes: a write that knows of an older one would undo somebody's change."""

KEPT_FOR = 365 * 24 * 3600
"""Seconds after which DynamoDB may drop a row: whoever was away for a year begins anew."""

RENEWED_AFTER = 30 * 24 * 3600
"""Seconds after which a visit alone, without a change, keeps a row for another year."""

CONNECT_TIMEOUT, READ_TIMEOUT, ATTEMPTS = 0.6, 0.8, 2
"""Seconds, and tries: a table that is away costs 3 s for reading and 3 s for writing, and Alexa waits 8."""


class DynamoDbMemory(DynamoDbAdapter):
    """One row a listener."""

    def __init__(self, table: str, resource: Any, now: Callable[[], float] = time.time) -> None:  # noqa: ANN401 (boto3)
        """Keep rows in this table of a boto3 resource (see `resource`)."""
        super().__init__(table_name=table, dynamodb_resource=resource)
        self._now = now

    def check(self) -> None:
        """Try the table as a request would.

        Raises:
            PersistenceException: when it cannot be read.
        """
        try:
            self.dynamodb.Table(self.table_name).get_item(Key={KEY: "nobody"})
        except (BotoCoreError, ClientError) as error:
            raise _failed(error) from error

    def get_attributes(self, request_envelope: RequestEnvelope) -> dict[str, Any]:
        """Return the listener's row, empty when there is none.

        Raises:
            PersistenceException: when the table cannot be read, or the row is none of ours.
        """
        key = {KEY: self.partition_keygen(request_envelope)}
        try:
            row = self.dynamodb.Table(self.table_name).get_item(Key=key, ConsistentRead=True).get("Item") or {}
        except (BotoCoreError, ClientError) as error:
            raise _failed(error) from error
        try:
            read = json.loads(json.dumps(row.get(ATTRIBUTES, {}), default=_number))
        except (TypeError, ValueError) as error:
            raise PersistenceException("memory holds a row that is no JSON object") from error
        if not isinstance(read, dict):
            raise PersistenceException("memory holds a row that is no JSON object")
        if read and row.get(EXPIRES, 0) < self._now() + KEPT_FOR - RENEWED_AFTER:
            self.save_attributes(request_envelope, read)
            read[VERSION] = read.get(VERSION, 0) + 1
        return read

    def save_attributes(self, request_envelope: RequestEnvelope, attributes: Mapping[str, Any]) -> None:
        """Replace the listener's row, which was read in the same request.

        Raises:
            PersistenceException: when the table cannot be written, or the row was changed since it was read.
        """
        version = attributes.get(VERSION, 0)
        written = json.loads(json.dumps({**attributes, VERSION: version + 1}), parse_float=Decimal)
        unchanged: dict[str, Any] = {
            "ConditionExpression": f"attribute_not_exists(#row.{VERSION})",
            "ExpressionAttributeNames": {"#row": ATTRIBUTES},
        }
        if version:
            unchanged["ConditionExpression"] = f"#row.{VERSION} = :version"
            unchanged["ExpressionAttributeValues"] = {":version": version}
        row = {
            KEY: self.partition_keygen(request_envelope),
            ATTRIBUTES: written,
            EXPIRES: int(self._now()) + KEPT_FOR,
        }
        try:
            self.dynamodb.Table(self.table_name).put_item(Item=row, **unchanged)
        except (BotoCoreError, ClientError, TypeError) as error:
            raise _failed(error) from error


def resource(region: str, endpoint: str | None = None) -> Any:  # noqa: ANN401 (boto3 makes its classes as it runs)
    """Return DynamoDB as boto3 knows it, with waits short enough for an answer in time."""
    config = Config(
        connect_timeout=CONNECT_TIMEOUT, read_timeout=READ_TIMEOUT, retries={"total_max_attempts": ATTEMPTS}
    )
    return boto3.resource("dynamodb", region_name=region, endpoint_url=endpoint, config=config)


def _number(value: object) -> int | float:
    """Return what DynamoDB calls a number as JSON does."""
    if not isinstance(value, Decimal):
        raise TypeError(f"{type(value).__name__} is no JSON")
    return int(value) if value == value.to_integral_value() else float(value)


def _failed(error: Exception) -> PersistenceException:
    """Return the SDK's exception: what kind of failure, and nothing of the row."""
    kind = error.response["Error"]["Code"] if isinstance(error, ClientError) else type(error).__name__
    return PersistenceException(f"memory in DynamoDB: {kind}")

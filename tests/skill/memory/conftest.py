"""A server that speaks DynamoDB's protocol, on this machine, with the table that the template makes."""

from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from moto.server import ThreadedMotoServer

REGION = "eu-west-1"


@pytest.fixture(scope="session")
def dynamodb_url() -> Iterator[str]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ACCESS_KEY_ID", "nobody")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "nothing")
        patch.setenv("AWS_DEFAULT_REGION", REGION)
        server = ThreadedMotoServer(port=0, verbose=False)
        server.start()
        host, port = server.get_host_and_port()
        yield f"http://{host}:{port}"
        server.stop()


@pytest.fixture
def dynamodb(dynamodb_url: str) -> Iterator[Any]:
    from skill.memory.dynamodb import resource  # noqa: PLC0415 (the SDK's adapter needs a region to be imported)

    # Its first answer takes a while, longer than ours may wait.
    patient = boto3.resource("dynamodb", region_name=REGION, endpoint_url=dynamodb_url)
    patient.create_table(
        TableName="listeners",
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )
    yield resource(REGION, dynamodb_url)
    patient.Table("listeners").delete()

"""A server that speaks DynamoDB's protocol, on this machine, with the table that the template makes."""

import time
from collections.abc import Iterator
from typing import Any

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
        host, port = _address(server)
        yield f"http://{host}:{port}"
        server.stop()


def _address(server: ThreadedMotoServer) -> tuple[str, int]:
    """Return where it listens; it says that it is ready a moment before it has a server."""
    end = time.monotonic() + 30
    while time.monotonic() < end:
        try:
            return server.get_host_and_port()
        except AssertionError:
            time.sleep(0.02)
    raise TimeoutError("the pretend DynamoDB does not start")


@pytest.fixture
def dynamodb(dynamodb_url: str) -> Iterator[Any]:
    from skill.memory.dynamodb import resource  # noqa: PLC0415 (the SDK's adapter needs a region to be imported)

    found = resource(REGION, dynamodb_url)
    found.create_table(
        TableName="listeners",
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )
    yield found
    found.Table("listeners").delete()

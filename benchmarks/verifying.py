"""Checking that a request is Amazon's, with a chain that is known, against the one RSA verification in it."""

from __future__ import annotations

import base64
import itertools
import json
import time
from collections.abc import Iterator

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256

from benchmarks.envelopes import asks
from benchmarks.measuring import ROUNDS, Figure, compared, in_turn, microseconds
from skill.certification.pretend_amazon import PretendAmazon
from skill.hosting.certificates import Certificates
from skill.hosting.verification import Verifier

TIMES = 150


def figures() -> Iterator[Figure]:
    """Yield the figure."""
    amazon = PretendAmazon()
    verifier = Verifier(Certificates(lambda _: amazon.chain, [amazon.root.certificate]), time.time)
    signed = [
        amazon.signed(json.dumps(asks("IceOrHeatIntent", number=number)).encode())
        for number in range(2 * TIMES * (ROUNDS + 1))
    ]
    requests = iter(signed)
    bodies = itertools.cycle([(base64.b64decode(headers["Signature-256"]), body) for headers, body in signed])
    key = amazon.leaf.certificate.public_key()
    if not isinstance(key, RSAPublicKey):
        raise TypeError("Alexa signs with RSA")

    def ours() -> None:
        headers, body = next(requests)
        verifier.verify(headers["SignatureCertChainUrl"], headers["Signature-256"], body)

    def theirs() -> None:
        signature, body = next(bodies)
        key.verify(signature, body, PKCS1v15(), SHA256())

    def theirs_and_reading() -> None:
        signature, body = next(bodies)
        key.verify(signature, body, PKCS1v15(), SHA256())
        json.loads(body)

    what = "request verification, chain cached"
    series = in_turn(microseconds(ours, TIMES), microseconds(theirs, TIMES))
    yield compared(what, "one RSA-2048 verification", "µs", *series, 1.5)
    series = in_turn(microseconds(ours, TIMES), microseconds(theirs_and_reading, TIMES))
    yield compared(what, "one, and reading the request's JSON, which holds its time", "µs", *series)

"""A pretend Amazon: a root, a chain and a key of its own, with which requests are signed as Alexa signs them."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from skill.hosting.certificates import SIGNER

CHAIN_URL = "https://s3.amazonaws.com/echo.api/echo-api-cert-1.pem"
DAY = timedelta(days=1)

Key = RSAPrivateKey | EllipticCurvePrivateKey


def new_key(bits: int = 2048) -> RSAPrivateKey:
    """Make an RSA key."""
    return generate_private_key(public_exponent=65537, key_size=bits)


@dataclass(frozen=True, slots=True)
class Issued:
    """A certificate with its key."""

    certificate: x509.Certificate
    key: Key

    @property
    def pem(self) -> bytes:
        """The certificate as text."""
        return self.certificate.public_bytes(Encoding.PEM)


def issue(
    name: str,
    by: Issued | None = None,
    *,
    key: Key | None = None,
    authority: bool = False,
    names: Sequence[str] = (),
    begins: datetime | None = None,
    ends: datetime | None = None,
    signing: bool = True,
    for_servers: bool = True,
    path_length: int | None = None,
) -> Issued:
    """Issue a certificate; without `by` it signs itself, without `names` it has none beside its own."""
    key = key or new_key()
    now = datetime.now(UTC)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    signer = by.key if by else key
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(by.certificate.subject if by else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins or now - DAY)
        .not_valid_after(ends or now + 30 * DAY)
        .add_extension(x509.BasicConstraints(ca=authority, path_length=path_length), critical=True)
        .add_extension(_usage(signing=signing and not authority, authority=authority), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False)
    )
    if names:
        builder = builder.add_extension(
            x509.SubjectAlternativeName([x509.DNSName(each) for each in names]), critical=False
        )
    if not authority:
        purpose = ExtendedKeyUsageOID.SERVER_AUTH if for_servers else ExtendedKeyUsageOID.CODE_SIGNING
        builder = builder.add_extension(x509.ExtendedKeyUsage([purpose]), critical=False)
    return Issued(builder.sign(signer, SHA256()), key)


def _usage(*, signing: bool, authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=signing,
        content_commitment=False,
        key_encipherment=not authority,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=authority,
        crl_sign=authority,
        encipher_only=False,
        decipher_only=False,
    )


class PretendAmazon:
    """Signs request envelopes."""

    def __init__(self) -> None:
        """Make a root, an intermediate and a leaf."""
        self.root = issue("Pretend Root", authority=True)
        self.intermediate = issue("Pretend Intermediate", self.root, authority=True)
        self.leaf = issue(SIGNER, self.intermediate, names=[SIGNER])

    @property
    def chain(self) -> bytes:
        """What lies at the chain's URL, as PEM."""
        return self.leaf.pem + self.intermediate.pem

    def signed(self, envelope: Mapping[str, Any] | bytes, key: Key | None = None) -> tuple[dict[str, str], bytes]:
        """Return the headers and the body of a request, signed with the leaf's key or another."""
        body = envelope if isinstance(envelope, bytes) else json.dumps(envelope).encode()
        signer = key or self.leaf.key
        if not isinstance(signer, RSAPrivateKey):
            raise TypeError("Alexa signs with RSA")
        signature = base64.b64encode(signer.sign(body, PKCS1v15(), SHA256())).decode()
        return {"SignatureCertChainUrl": CHAIN_URL, "Signature-256": signature}, body

"""Certificates made for one run: those of an authority that the checker is told of, and others that it must refuse."""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal, get_args

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

CertificateName = Literal["good", "expired", "not-yet", "self-signed", "wrong-host", "untrusted"]


@dataclass(frozen=True, slots=True)
class Certificates:
    """The file with the certificate of the authority, and what a server needs to show each certificate."""

    authority: Path
    contexts: Mapping[CertificateName, ssl.SSLContext]


@dataclass(frozen=True, slots=True)
class _Signer:
    name: x509.Name
    key: ec.EllipticCurvePrivateKey


def make_certificates(folder: Path, domain: str) -> Certificates:
    """Make the certificates in ``folder``, for all names one level below ``domain``.

    The one of ``wrong-host`` is for another domain; ``untrusted`` is signed by an authority that nobody knows of.
    """
    known, unknown = _signer("Odd Authority"), _signer("Unknown Authority")
    authority = folder / "authority.pem"
    authority.write_bytes(_pem(_certificate(known, known, authority=True)))
    files: dict[CertificateName, Path] = {}
    for name in get_args(CertificateName):
        subject = _signer(f"{name} of {domain}")
        issuer = {"self-signed": subject, "untrusted": unknown}.get(name, known)
        names = f"*.wrong.{domain}" if name == "wrong-host" else f"*.{domain}"
        first_day = {"expired": -60, "not-yet": 30}.get(name, -1)
        certificate = _certificate(subject, issuer, names=names, first_day=first_day)
        files[name] = folder / f"{name}.pem"
        files[name].write_bytes(_key_pem(subject.key) + _pem(certificate))
    return Certificates(authority, {name: _context(file) for name, file in files.items()})


def _signer(common_name: str) -> _Signer:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])
    return _Signer(name, ec.generate_private_key(ec.SECP256R1()))


def _certificate(
    subject: _Signer, issuer: _Signer, *, authority: bool = False, names: str = "", first_day: int = -1
) -> x509.Certificate:
    start = datetime.now(UTC) + timedelta(days=first_day)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject.name)
        .issuer_name(issuer.name)
        .public_key(subject.key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=30))
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(_usage(authority), critical=True)
        # Strict checks, which Python does from 3.13, want the identifiers of both keys.
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(subject.key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key()), critical=False)
    )
    if names:
        builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName(names)]), critical=False)
    return builder.sign(issuer.key, hashes.SHA256())


def _usage(authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        key_cert_sign=authority,
        crl_sign=authority,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


def _key_pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _context(file: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context

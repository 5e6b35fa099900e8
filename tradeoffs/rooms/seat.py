"""Seat: a phone's place in a room, and other secrets, of which hashes alone are kept."""

import hashlib
import hmac
import re
import secrets

SIGNS = "23456789ACDEFGHJKMNPQRTVWXYZ"  # 28, none of which looks like another
LENGTH = 5


def new_code() -> str:
    """Return a code to join a room by."""
    return "".join(secrets.choice(SIGNS) for _ in range(LENGTH))


def plain_code(code: str) -> str:
    """Return a code as it is kept, from one as people type it.

    >>> plain_code(" k7-pqr ")
    'K7PQR'
    """
    return "".join(one for one in code[:40].upper() if one in SIGNS)


def foreign_signs(code: str) -> list[str]:
    """Return the letters and digits of a code, as people type it, that no code has.

    >>> foreign_signs(" k7-pqo 0o"), foreign_signs("K7PQR")
    (['O', '0'], [])
    """
    typed = (one for one in code[:40].upper() if one.isalnum())
    return [*dict.fromkeys(one for one in typed if one not in SIGNS)]


def new_secret() -> str:
    """Return a seat's token, or a host's key: 128 random bits."""
    return secrets.token_urlsafe(16)


def is_secret(text: str) -> bool:
    """Say whether a text has the form of a secret."""
    return re.fullmatch(r"[A-Za-z0-9_-]{22}", text) is not None


def hash_of(secret: str) -> bytes:
    """Return what is kept of a secret."""
    return hashlib.sha256(secret.encode()).digest()[:16]


def fits(secret: str, kept: bytes) -> bool:
    """Say whether a secret is the one of which a hash is kept."""
    return hmac.compare_digest(hash_of(secret), kept)


def text_id(token_hash: bytes, round_name: str, text: str) -> str:
    """Return the id of a text that somebody wrote; another text of theirs has another id."""
    content = f"{round_name}\n{text}".encode()
    return hashlib.blake2b(content, key=token_hash, digest_size=6).hexdigest()

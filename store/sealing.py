"""Locks words so that only whoever holds the key can read them, and only in the row where they were put."""

import hmac
import re
from base64 import b64decode, b64encode, urlsafe_b64encode
from binascii import Error
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from secrets import token_bytes, token_hex

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

SECRET, NONCE = 32, 12  # bytes: AES-256-GCM (NIST SP 800-38D)
ID = re.compile(r"[A-Za-z0-9_-]{1,32}", re.ASCII)


class KeyLost(Exception):
    """Something is locked with a key we do not have, or stands where it was not put. The message is the key's id."""


@dataclass(frozen=True, slots=True)
class Key:
    """One key. What it locks reads `v1|id|nonce and words, base64`."""

    id: str
    secret: bytes = field(repr=False)

    def seal(self, words: bytes, place: str) -> str:
        """Lock words into a place: "community|table|column|row". The same words never look the same twice."""
        nonce = token_bytes(NONCE)
        locked = nonce + AESGCM(self.secret).encrypt(nonce, words, place.encode())
        return f"v1|{self.id}|{b64encode(locked).decode()}"

    def mark(self, place: str) -> str:
        """What nobody makes of a place without this key (HMAC-SHA-256, RFC 2104)."""
        return hmac.new(self.secret, place.encode(), sha256).hexdigest()

    def open(self, sealed: str, place: str) -> bytes:
        """The words again. Raises KeyLost."""
        version, id_, locked = _parts(sealed)
        if version != "v1" or id_ != self.id or len(locked) < NONCE:
            raise KeyLost(id_)
        try:
            return AESGCM(self.secret).decrypt(locked[:NONCE], locked[NONCE:], place.encode())
        except InvalidTag:
            raise KeyLost(id_) from None


@dataclass(frozen=True, slots=True)
class Keyring:
    """The host's keys: the first one locks, all of them open."""

    keys: tuple[Key, ...] = ()

    def seal(self, words: bytes, place: str) -> str:
        """Lock with the first key. Raises KeyLost where there is none."""
        if not self.keys:
            raise KeyLost("none")
        return self.keys[0].seal(words, place)

    def open(self, sealed: str, place: str) -> bytes:
        """Open with whichever key it was. Raises KeyLost."""
        wanted = of(sealed)
        for key in self.keys:
            if key.id == wanted:
                return key.open(sealed, place)
        raise KeyLost(wanted)


def of(sealed: str) -> str:
    """The id of the key that locks this."""
    return _parts(sealed)[1]


def made() -> Key:
    """A new key."""
    return Key(f"k{token_hex(3)}", token_bytes(SECRET))


def written(keys: Iterable[Key]) -> str:
    """Keys as the setting takes them: `id:secret` with commas between."""
    return ",".join(f"{key.id}:{urlsafe_b64encode(key.secret).decode()}" for key in keys)


def keyring(text: str) -> Keyring:
    """The keys of a setting, as `written`. Raises ValueError with what is wrong, never a secret."""
    keys: list[Key] = []
    for number, one in enumerate((part.strip() for part in text.split(",") if part.strip()), 1):
        id_, colon, secret = one.partition(":")
        if not colon or not ID.fullmatch(id_):
            raise ValueError(f"key {number} should look like name:secret")
        try:
            plain = b64decode(secret.replace("-", "+").replace("_", "/"), validate=True)
        except (Error, ValueError):
            plain = b""
        if len(plain) != SECRET:
            raise ValueError(f"the secret of key {id_} is not whole: it is 44 characters of base64")
        if id_ in {key.id for key in keys}:
            raise ValueError(f"two keys are called {id_}")
        keys.append(Key(id_, plain))
    return Keyring(tuple(keys))


def _parts(sealed: str) -> tuple[str, str, bytes]:
    version, _, rest = sealed.partition("|")
    id_, _, locked = rest.partition("|")
    try:
        return version, id_, b64decode(locked, validate=True)
    except (Error, ValueError):
        raise KeyLost(id_) from None

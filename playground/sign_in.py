"""Sign in with Slack (OpenID Connect): who has allowed which app to know who they are, and how it is proved."""

import base64
import hashlib
import json
import secrets
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from playground.clock import Clock
from playground.people import App
from playground.workspace import Workspace

Json = dict[str, Any]

CODE_LIVES = 600.0  # seconds by the playground's clock
PROOF_LIVES = 300  # seconds by the machine's clock, as whoever checks a signature has no other
KEY = "playground"


@dataclass(frozen=True, slots=True)
class Consent:
    """A member's yes to an app: what it may know of them, and where they went on to."""

    app: App
    workspace: Workspace
    member: str
    scopes: frozenset[str]
    redirect_uri: str
    nonce: str
    challenge: str  # PKCE, S256; empty where the app sent none
    expires: float

    def proved_by(self, verifier: str) -> bool:
        """Whether this is the verifier that the challenge was made from."""
        made = _letters(hashlib.sha256(verifier.encode()).digest())
        return not self.challenge or secrets.compare_digest(made, self.challenge)


class SignIn:
    """Codes that can be exchanged once, and the tokens they were exchanged for."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._codes: dict[str, Consent] = {}
        self._tokens: dict[str, Consent] = {}

    def allow(
        self, app: App, workspace: Workspace, member: str, scopes: frozenset[str], asked: dict[str, str]
    ) -> str:
        """Keep a member's yes; answers the code that tells the app of it. `asked` is the app's own question."""
        code = secrets.token_urlsafe(24)
        self._codes[code] = Consent(
            app,
            workspace,
            member,
            scopes,
            asked["redirect_uri"],
            asked.get("nonce", ""),
            asked.get("code_challenge", ""),
            self._clock.timestamp() + CODE_LIVES,
        )
        return code

    def redeem(self, code: str) -> Consent | None:
        """What a code stands for, the first time and while it lives."""
        consent = self._codes.pop(code, None)
        return consent if consent and consent.expires > self._clock.timestamp() else None

    def token(self, consent: Consent) -> str:
        """A token of the member's own."""
        token = f"xoxp-playground-{secrets.token_urlsafe(24)}"
        self._tokens[token] = consent
        return token

    def person(self, token: str) -> Consent | None:
        """Whose token this is."""
        return self._tokens.get(token)

    # Proof

    @cached_property
    def _key(self) -> rsa.RSAPrivateKey:
        return rsa.generate_private_key(public_exponent=65537, key_size=2048)

    def keys(self) -> Json:
        """The public key, as a JWK set."""
        public = self._key.public_key().public_numbers()
        number = {
            name: _letters(value.to_bytes(-(-value.bit_length() // 8), "big"))
            for name, value in (("n", public.n), ("e", public.e))
        }
        return {"keys": [{"kty": "RSA", "use": "sig", "alg": "RS256", "kid": KEY, **number}]}

    def proof(self, consent: Consent, issuer: str) -> str:
        """An id_token: who signed in, signed."""
        now = int(self._clock.real())
        told = {"iss": issuer, "aud": consent.app.client_id, "iat": now, "auth_time": now}
        told |= {"exp": now + PROOF_LIVES, **claims(consent)}
        if consent.nonce:
            told["nonce"] = consent.nonce
        head = {"typ": "JWT", "alg": "RS256", "kid": KEY}
        body = ".".join(_letters(json.dumps(part).encode()) for part in (head, told))
        signature = self._key.sign(body.encode(), padding.PKCS1v15(), hashes.SHA256())
        return f"{body}.{_letters(signature)}"


def claims(consent: Consent) -> Json:
    """What an app may know of a member who signed in."""
    workspace, member = consent.workspace, consent.workspace.members[consent.member]
    told: Json = {
        "sub": member.id,
        "https://slack.com/user_id": member.id,
        "https://slack.com/team_id": workspace.id,
    }
    if "email" in consent.scopes:
        told |= {"email": member.email, "email_verified": True, "date_email_verified": member.updated}
    if "profile" in consent.scopes:
        first, _, last = member.name.partition(" ")
        told |= {"name": member.name, "given_name": first, "family_name": last, "locale": "en-GB"}
        told |= {"picture": "", "https://slack.com/team_name": workspace.name}
        told |= {"https://slack.com/team_domain": workspace.domain}
    return told


def _letters(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()

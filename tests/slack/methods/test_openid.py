"""Sign in with Slack: from the page that asks who it is to the proof that an app checks."""

import base64
import hashlib
import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from slack_sdk.web.async_client import AsyncWebClient

from playground.server import Playground
from tests.slack.conftest import ASHA, BEN
from tests.slack.methods import error

BACK = "http://127.0.0.1:9/back"


def asked(playground: Playground, **more: str) -> dict[str, str]:
    app = playground.slack.workspace.app.app
    shell = {"response_type": "code", "scope": "openid profile email", "redirect_uri": BACK, "state": "s"}
    return {**shell, "client_id": app.client_id, **more}


def who(playground: Playground, code: str, **more: Any) -> dict[str, Any]:
    app = playground.slack.workspace.app.app
    known = {"client_id": app.client_id, "client_secret": app.client_secret}
    return {**known, "code": code, "redirect_uri": BACK, **more}


async def signed_in(playground: Playground, session: aiohttp.ClientSession, **more: str) -> str:
    """The code that a member, Asha if nobody else, comes back with."""
    query = asked(playground, **{"member": ASHA, **more})
    url = f"{playground.url}/openid/connect/allow"
    async with session.get(url, params=query, allow_redirects=False) as answer:
        back = urlsplit(answer.headers["Location"])
    assert back.netloc == "127.0.0.1:9"
    assert parse_qs(back.query)["state"] == ["s"]
    return parse_qs(back.query)["code"][0]


async def exchange(playground: Playground, session: aiohttp.ClientSession, args: dict[str, Any]) -> Any:
    async with session.post(f"{playground.api_url}openid.connect.token", data=args) as answer:
        return await answer.json()


def letters(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


async def test_the_page_asks_who_it_is(playground: Playground, session: aiohttp.ClientSession) -> None:
    playground.add_member("U0SLY", "<script>alert(1)</script>", "sly")
    await playground.act({"as": BEN, "do": "deactivate"})
    async with session.get(f"{playground.url}/openid/connect/authorize", params=asked(playground)) as answer:
        page = await answer.text()
    assert "Asha Rao" in page
    assert "Ben Okafor" not in page
    assert "<script>" not in page
    assert f"member={ASHA}" in page


async def test_an_app_learns_who_has_signed_in(
    playground: Playground, session: aiohttp.ClientSession, client: AsyncWebClient
) -> None:
    code = await signed_in(playground, session, nonce="once")
    given = await exchange(playground, session, who(playground, code))
    told = await client.openid_connect_userInfo(token=given["access_token"])
    assert (told["sub"], told["email"], told["name"]) == (ASHA, "asha@example.org", "Asha Rao")
    assert told["https://slack.com/team_id"] == "T0SAMPLE"
    head, body, signature = given["id_token"].split(".")
    async with session.get(f"{playground.url}/.well-known/openid-configuration") as answer:
        discovered = await answer.json()
    async with session.get(discovered["jwks_uri"]) as answer:
        [key] = (await answer.json())["keys"]
    public = rsa.RSAPublicNumbers(*(int.from_bytes(letters(key[n]), "big") for n in ("e", "n"))).public_key()
    public.verify(letters(signature), f"{head}.{body}".encode(), padding.PKCS1v15(), hashes.SHA256())
    proof = json.loads(letters(body))
    assert (proof["iss"], proof["aud"]) == (playground.url, playground.slack.workspace.app.app.client_id)
    assert (proof["sub"], proof["nonce"], proof["exp"] - proof["iat"]) == (ASHA, "once", 300)


async def test_an_app_learns_no_more_than_it_asked_for(
    playground: Playground, session: aiohttp.ClientSession, client: AsyncWebClient
) -> None:
    code = await signed_in(playground, session, scope="openid")
    token = (await exchange(playground, session, who(playground, code)))["access_token"]
    told = await client.openid_connect_userInfo(token=token)
    assert (told["sub"], "email" in told.data, "name" in told.data) == (ASHA, False, False)


async def test_slack_sdk_names_the_app_in_the_header(
    playground: Playground, session: aiohttp.ClientSession
) -> None:
    nobody = AsyncWebClient(base_url=playground.api_url, session=session)
    code = await signed_in(playground, session)
    with pytest.warns(DeprecationWarning, match="BasicAuth"):  # slack-sdk's own, until it follows aiohttp
        given = await nobody.openid_connect_token(**who(playground, code))
    assert given["access_token"].startswith("xoxp-")


async def test_a_code_is_good_once_and_not_for_long(
    playground: Playground, session: aiohttp.ClientSession
) -> None:
    code = await signed_in(playground, session)
    assert (await exchange(playground, session, who(playground, code)))["ok"]
    assert (await exchange(playground, session, who(playground, code)))["error"] == "invalid_code"
    late = await signed_in(playground, session)
    await playground.move(advance=601)
    assert (await exchange(playground, session, who(playground, late)))["error"] == "invalid_code"


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        ({"client_id": "1.nobody"}, "invalid_client_id"),
        ({"client_secret": "x"}, "bad_client_secret"),
        ({"redirect_uri": "http://127.0.0.1:9/else"}, "bad_redirect_uri"),
        ({"grant_type": "password"}, "unsupported_grant_type"),
        ({"code_verifier": "x"}, "invalid_grant"),
    ],
)
async def test_an_exchange_is_judged(
    playground: Playground, session: aiohttp.ClientSession, change: dict[str, str], wanted: str
) -> None:
    challenge = base64.urlsafe_b64encode(hashlib.sha256(b"verifier").digest()).rstrip(b"=").decode()
    code = await signed_in(playground, session, code_challenge=challenge)
    args = {**who(playground, code, code_verifier="verifier"), **change}
    assert (await exchange(playground, session, args))["error"] == wanted


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        ({"client_id": "1.nobody"}, "invalid_client_id"),
        ({"redirect_uri": "https://example.org/"}, "bad_redirect_uri"),
        ({"response_type": "token"}, "invalid_response_type"),
        ({"scope": "profile"}, "invalid_scope"),
        ({"scope": "openid chat:write"}, "invalid_scope"),
        ({"team": "T0NONE"}, "invalid_team"),
        ({"code_challenge_method": "plain"}, "invalid_code_challenge_method"),
    ],
)
async def test_a_question_is_judged(
    playground: Playground, session: aiohttp.ClientSession, change: dict[str, str], wanted: str
) -> None:
    url, query = f"{playground.url}/openid/connect/authorize", asked(playground, **change)
    async with session.get(url, params=query) as answer:
        assert (answer.status, await answer.text()) == (400, wanted)


async def test_a_persons_token_says_who_they_are_and_does_nothing_else(
    playground: Playground, session: aiohttp.ClientSession, client: AsyncWebClient
) -> None:
    code = await signed_in(playground, session, member=BEN)
    token = (await exchange(playground, session, who(playground, code)))["access_token"]
    assert await error(client.auth_test(token=token)) == "not_allowed_token_type"
    assert await error(client.openid_connect_userInfo()) == "not_allowed_token_type"
    await playground.act({"as": BEN, "do": "deactivate"})
    assert await error(client.openid_connect_userInfo(token=token)) == "account_inactive"

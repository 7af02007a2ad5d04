"""Whatever becomes of channels, members and apps: what is refused, Slack's shapes, and a restart."""

import os
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from playground.deliveries import event_faults
from playground.errors import ControlError
from playground.server import Playground
from tests.slack.conftest import ASHA, BEN, CLEO, GWEN, LAB, RANDOM, STEWARDS, Connected, Control, fill
from tests.slack.methods import error

FORBIDDEN: dict[str, tuple[dict[str, Any], str]] = {
    "a guest makes a channel": ({"as": GWEN, "do": "create", "name": "x"}, "restricted_action"),
    "a guest archives": ({"as": GWEN, "do": "archive", "channel": LAB}, "restricted_action"),
    "a guest unarchives": ({"as": GWEN, "do": "unarchive", "channel": LAB}, "restricted_action"),
    "not the creator renames": (
        {"as": BEN, "do": "rename", "channel": LAB, "name": "x"},
        "restricted_action",
    ),
    "no admin deletes": ({"as": BEN, "do": "delete_channel", "channel": LAB}, "not_an_admin"),
    "unseen": ({"as": BEN, "do": "archive", "channel": STEWARDS}, "channel_not_found"),
    "not archived": ({"as": BEN, "do": "unarchive", "channel": LAB}, "not_archived"),
    "direct messages": ({"as": ASHA, "do": "archive", "channel": "dm"}, "not_a_channel"),
    "no yes or no": ({"as": ASHA, "do": "create", "name": "x", "private": "yes"}, "invalid_private"),
    "somebody else": ({"as": BEN, "do": "profile", "member": CLEO, "name": "C"}, "not_an_admin"),
    "no admin lets in": ({"as": BEN, "do": "add_member", "name": "N", "handle": "n"}, "not_an_admin"),
    "no admin lets back in": ({"as": BEN, "do": "reactivate", "member": CLEO}, "not_an_admin"),
    "no admin takes out": ({"as": BEN, "do": "deactivate", "member": CLEO}, "not_an_admin"),
    "not deactivated": ({"as": ASHA, "do": "reactivate", "member": CLEO}, "not_deactivated"),
    "nobody": ({"as": ASHA, "do": "deactivate", "member": "U0NONE"}, "member_not_found"),
    "a list of members": ({"as": ASHA, "do": "deactivate", "member": [BEN]}, "member_not_found"),
    "a bot": ({"as": ASHA, "do": "deactivate", "member": "U0TOGETHER"}, "is_a_bot"),
    "no name": ({"as": BEN, "do": "profile", "name": " "}, "invalid_name"),
    "a number as a name": ({"as": BEN, "do": "profile", "name": 7}, "invalid_name"),
    "no such zone": ({"as": BEN, "do": "profile", "tz": "Mars/Olympus"}, "invalid_tz"),
    "a path as a zone": ({"as": BEN, "do": "profile", "tz": "../../etc/passwd"}, "invalid_tz"),
    "a handle with a space": ({"as": BEN, "do": "profile", "handle": "b o"}, "invalid_handle"),
    "another's handle": ({"as": BEN, "do": "profile", "handle": "cleo"}, "handle_taken"),
    "nothing new": ({"as": BEN, "do": "profile", "name": "Ben Okafor"}, "nothing_changed"),
    "nothing at all": ({"as": BEN, "do": "profile"}, "nothing_changed"),
    "a nameless one": ({"as": ASHA, "do": "add_member", "handle": "n"}, "missing_name"),
    "no admin makes admins": ({"as": BEN, "do": "role", "admin": True}, "not_an_admin"),
    "a guest as an admin": ({"as": ASHA, "do": "role", "member": GWEN, "admin": True}, "invalid_role"),
    "a new one as both": (
        {"as": ASHA, "do": "add_member", "name": "N", "handle": "n", "guest": True, "admin": True},
        "invalid_role",
    ),
    "a role that is no yes or no": (
        {"as": ASHA, "do": "role", "member": BEN, "admin": "yes"},
        "invalid_role",
    ),
    "the same role": ({"as": ASHA, "do": "role", "member": BEN, "admin": False}, "nothing_changed"),
    "the last admin steps down": ({"as": ASHA, "do": "role", "admin": False}, "last_admin"),
    "the last admin goes": ({"as": ASHA, "do": "deactivate"}, "last_admin"),
    "no role": ({"as": ASHA, "do": "add_member", "name": "N", "handle": "n", "guest": 1}, "invalid_role"),
    "no admin uninstalls": ({"as": BEN, "do": "uninstall"}, "not_an_admin"),
    "no admin installs": ({"as": BEN, "do": "install", "app": "Together"}, "not_an_admin"),
    "no admin revokes": ({"as": BEN, "do": "revoke"}, "not_an_admin"),
    "no such app": ({"as": ASHA, "do": "uninstall", "app": "Weather"}, "app_not_found"),
    "an app in a list": ({"as": ASHA, "do": "install", "app": ["Together"]}, "app_not_found"),
    "no such tab": ({"as": ASHA, "do": "home", "tab": "about"}, "invalid_tab"),
    "the home of no app": ({"as": ASHA, "do": "home", "app": 7}, "app_not_found"),
}


@pytest.mark.parametrize("why", FORBIDDEN)
async def test_what_may_not_be_is_refused_and_changes_nothing(
    playground: Playground, bolt: Connected, control: Control, why: str
) -> None:
    body, error = FORBIDDEN[why]
    before = playground.state()
    status, refusal = await control("POST", "act", body)
    assert (status in {400, 404}, refusal["error"]) == (True, error)
    assert refusal["detail"].endswith(".")
    for what in ("channels", "members", "apps"):
        assert [one for one in playground.state()[what] if one.get("kind") != "dm"] == before[what]
    assert bolt.heard == []


async def test_every_such_event_agrees_with_slacks_published_shapes(
    playground: Playground, bolt: Connected
) -> None:
    for act in (
        {"do": "rename", "channel": LAB, "name": "workshop"},
        {"do": "archive", "channel": LAB},
        {"do": "unarchive", "channel": LAB},
        {"do": "create", "name": "tea"},
        {"do": "profile", "name": "Asha Rao-Bell"},
        {"do": "deactivate", "member": BEN},
        {"do": "home"},
        {"do": "delete_channel", "channel": RANDOM},
        {"do": "uninstall"},
    ):
        await playground.act({"as": ASHA, **act})
    assert len({body["event"]["type"] for body in bolt.heard}) >= 10
    for body in bolt.heard:
        assert event_faults(body["event"]) == []


async def test_a_restart_knows_what_has_become_of_everything(tmp_path: Path) -> None:
    kept = tmp_path / "play.json"
    first = await fill(Playground()).start(data=kept)
    first.add_app("Weather")
    await first.act({"as": ASHA, "do": "rename", "channel": LAB, "name": "workshop"})
    await first.act({"as": ASHA, "do": "archive", "channel": RANDOM})
    await first.act({"as": ASHA, "do": "deactivate", "member": CLEO})
    token = first.bot_token
    await first.act({"as": ASHA, "do": "uninstall"})
    before = {name: first.state()[name] for name in ("channels", "members", "apps")}
    await first.stop()

    second = await fill(Playground()).start(data=kept)
    assert {name: second.state()[name] for name in before} == before
    with pytest.raises(ControlError, match="is_archived"):
        await second.act({"as": ASHA, "do": "say", "channel": RANDOM, "text": "x"})
    async with aiohttp.ClientSession() as session:
        client = AsyncWebClient(token=token, base_url=second.api_url, session=session)
        assert await error(client.auth_test()) == "account_inactive"
    await second.stop()


async def test_a_restart_on_another_port_shows_every_picture_again_and_its_links_lead_there(
    tmp_path: Path,
) -> None:
    kept = tmp_path / "play.json"
    first = await fill(Playground()).start(data=kept)
    async with aiohttp.ClientSession() as session:
        client = AsyncWebClient(token=first.bot_token, base_url=first.api_url, session=session)
        one, other = [
            (await client.files_upload_v2(content=b"a picture", filename=name, title=name))["files"][0]["id"]
            for name in ("one.png", "other.png")
        ]
        picture = {"type": "image", "alt_text": "One", "slack_file": {"id": one}}
        await client.chat_postMessage(
            channel=LAB, text=f"<{first.url}/archives/{LAB}/p1|Here>", blocks=[picture]
        )
        await client.files_upload_v2(content=b"words", filename="words.txt", channel=LAB)
        await first.act({"as": ASHA, "do": "say", "channel": LAB, "text": "x"})
        await first.move(advance=1)
        await client.files_delete(file=other)
    await first.stop()
    assert not [name for name in os.listdir(tmp_path) if other in name]

    second = await fill(Playground()).start(data=kept)
    assert second.url != first.url
    message, upload = second.messages(LAB, ASHA)[:2]
    assert message["text"] == f"<{second.url}/archives/{LAB}/p1|Here>"
    async with aiohttp.ClientSession(headers={"Sec-Fetch-Site": "same-origin"}) as page:
        async with page.get(f"{second.url}/_slack/files/T0SAMPLE/{one}/picture") as answer:
            assert await answer.read() == b"a picture"
        async with page.get(upload["files"][0]["url_private"]) as answer:
            assert await answer.read() == b"words"
        async with page.get(f"{second.url}/_slack/files/T0SAMPLE/{other}/picture") as answer:
            assert answer.status == 404
    await second.stop()

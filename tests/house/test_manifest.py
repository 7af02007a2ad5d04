"""The app manifest: valid by Slack's own schema, with every event, shortcut and scope the bot needs, and no more."""

import json
import re
from typing import Any

import jsonschema_rs
import pytest

from bot.__main__ import main as togetherness
from playground.table import row
from practices.commands import WORDS
from tests.house.rooms import ROOT, modules
from tests.house.test_listeners import registered
from workspace.manifest import ALIASES, EVENTS, SCOPES, SHORTCUTS

SCHEMA = json.loads(
    (ROOT / "tests/house/data/manifest.schema.json").read_text("utf-8")
)  # of slackapi/manifest-schema
FOR_EVENTS = {"mpim:history", "im:history"}  # no call asks for them: Slack sends no event without
ALL = [part for word in ALIASES for part in ("--alias", word)]


def printed(capsys: pytest.CaptureFixture[str], *options: str) -> dict[str, Any]:
    assert togetherness(["manifest", *options]) == 0
    made: dict[str, Any] = json.loads(capsys.readouterr().out)
    return made


@pytest.mark.parametrize(
    "options", [(), ("--command", "hct", *ALL), ("--url", "https://bot.example.org", *ALL)]
)
def test_it_is_valid_by_slacks_schema(capsys: pytest.CaptureFixture[str], options: tuple[str, ...]) -> None:
    made = printed(capsys, *options)
    faults = [str(fault) for fault in jsonschema_rs.Draft7Validator(SCHEMA).iter_errors(made)]
    assert not faults
    broken = made | {"display_information": {"name": "x" * 36}}
    assert not jsonschema_rs.Draft7Validator(SCHEMA).is_valid(broken)


def test_without_socket_mode_slack_is_told_where_to_post(capsys: pytest.CaptureFixture[str]) -> None:
    made = printed(capsys, "--url", "https://bot.example.org/", "--alias", "polarity")
    where = "https://bot.example.org/slack/events"
    assert [one["url"] for one in made["features"]["slash_commands"]] == [where, where]
    assert made["settings"]["event_subscriptions"]["request_url"] == where
    assert made["settings"]["interactivity"]["request_url"] == where
    assert not made["settings"]["socket_mode_enabled"]


def test_the_word_is_that_of_the_settings_unless_another_is_given(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOGETHERNESS_COMMAND_WORD", "hct")
    assert printed(capsys)["features"]["slash_commands"][0]["command"] == "/hct"
    assert printed(capsys, "--command", "/us")["features"]["slash_commands"][0]["command"] == "/us"


@pytest.mark.parametrize(
    "wrong", [("--alias", "nonsense"), ("--command", "Two words"), ("--url", "http://x")]
)
def test_what_slack_would_not_take_is_said_at_once(
    capsys: pytest.CaptureFixture[str], wrong: tuple[str, str]
) -> None:
    with pytest.raises(SystemExit) as end:
        togetherness(["manifest", *wrong])
    assert end.value.code == 2
    assert wrong[0] in capsys.readouterr().err


def test_slack_is_asked_for_every_event_the_bot_listens_to_and_no_other() -> None:
    asked = {event.partition(".")[0] for event in EVENTS}
    heard = {event for kind, event, _ in registered() if kind == "event" and event}
    sources = "".join(path.read_text("utf-8") for path in modules("handlers"))
    assert heard <= asked
    assert {event for event in asked if f'"{event}"' not in sources} == set()


def test_every_shortcut_the_bot_answers_is_there() -> None:
    answered = {what for kind, what, _ in registered() if kind == "shortcut" and what}
    assert answered <= {id_ for _, id_, _, _ in SHORTCUTS}


def test_every_word_but_help_can_have_a_command_of_its_own() -> None:
    assert {*ALIASES, "help"} == set(WORDS)


def test_no_scope_is_asked_for_that_no_call_and_no_event_needs() -> None:
    """That none is missing is shown by every story: the playground gives the bot these and refuses the rest."""
    sources = "".join(path.read_text("utf-8") for path in modules("workspace"))
    called = {name.replace("_", ".", 1) for name in re.findall(r"client\.([a-z]+_[a-z_]+)", sources)}
    rows = [row(_camel(name)) for name in called]
    needed = {scope for one in rows if one for scope in one.bot}
    assert set(SCOPES) - {"commands"} - FOR_EVENTS <= needed


def _camel(name: str) -> str:
    """files.upload_v2 is three calls of which the first asks for the scope; the others are named as Slack does."""
    name = "files.getUploadURLExternal" if name == "files.upload_v2" else name
    return re.sub(r"_([a-z])", lambda letter: letter[1].upper(), name)

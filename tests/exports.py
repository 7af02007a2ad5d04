"""Exports such as Slack gives a host, made from a seed: small ones with everything in them, and large ones."""

import json
import random
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

CUT = ZoneInfo("America/Los_Angeles")  # where Slack's day begins
BEGINS = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
PEOPLE = {
    "U0ASHA": "Asha Patel",
    "U0MAIR": "Mair Hughes",
    "U0TOM": "Tom Okafor",
    "U0IMPORTA": "Ines Duarte",
    "U0IMPORTB": "Joram Adler",
}
SPOKEN = """
the and a to of we in for it that is on with our this you have are what next week partner trust river bridge
council clinic school budget listening question shared purpose harvest garden bus route winter warm spaces
volunteers minutes agenda invite mapping patients parents tenants flood defence local evidence story neighbour
pilot grant deadline summary thanks agree perhaps slower together practice polarity
"""


@dataclass
class Made:
    """An export while it is made, and what an import of it should say."""

    old: bool = False  # as Slack wrote them in 2016
    channels: list[dict[str, Any]] = field(default_factory=list)
    groups: list[dict[str, Any]] = field(default_factory=list)
    dms: list[dict[str, Any]] = field(default_factory=list)
    mpims: list[dict[str, Any]] = field(default_factory=list)
    people: dict[str, str] = field(default_factory=lambda: dict(PEOPLE))
    days: dict[str, list[Any]] = field(default_factory=dict)  # by folder/day.json
    kept: set[tuple[str, str]] = field(default_factory=set)  # folder and ts
    threads: set[tuple[str, str]] = field(default_factory=set)
    skipped: Counter[str] = field(default_factory=Counter)

    def channel(self, its_id: str, name: str, private: bool = False, **more: Any) -> str:
        created = 1_420_000_000
        entry = {
            "id": its_id,
            "name": name,
            "created": str(created) if self.old else created,
            "creator": "U0ASHA",
            "is_archived": False,
            "members": list(self.people),
            "topic": {"value": "", "creator": "", "last_set": "0"},
            "purpose": {"value": "", "creator": "", "last_set": "0"},
            **more,
        }
        (self.groups if private else self.channels).append(entry)
        return name

    def put(self, folder: str, message: Any, day: str = "") -> None:
        """A message as it stands in its day's file, whatever becomes of it."""
        if not day:
            at = datetime.fromtimestamp(float(message["ts"]), UTC)
            day = at.astimezone(CUT).date().isoformat()
        self.days.setdefault(f"{folder}/{day}.json", []).append(message)

    def says(self, folder: str, at: str, text: str, member: str = "U0ASHA", **more: Any) -> dict[str, Any]:
        """A message that is kept."""
        message = {"type": "message", "user": member, "text": text, "ts": at, **more}
        message = {name: value for name, value in message.items() if value is not None}
        self.put(folder, message)
        self.kept.add((folder, at))
        self.threads.add((folder, str(more.get("thread_ts", at))))
        return message

    def passes(self, folder: str, at: str, subtype: str, reason: str = "", **more: Any) -> None:
        """A message that is not kept."""
        message = {"type": "message", "subtype": subtype, "user": "U0ASHA", "text": f"({subtype})", "ts": at}
        self.put(folder, {**message, **more})
        self.skipped[reason or subtype] += 1

    def write(self, path: Path, root: str = "", indent: int | None = 4) -> Path:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
            listed = {"channels": self.channels, "groups": self.groups, "dms": self.dms, "mpims": self.mpims}
            for name, entries in listed.items():
                if entries or name == "channels":
                    file.writestr(f"{root}{name}.json", json.dumps(entries, indent=indent))
            users = [person(its_id, name) for its_id, name in self.people.items()]
            file.writestr(f"{root}users.json", json.dumps(users, indent=indent))
            file.writestr(f"{root}integration_logs.json", "[]")
            for name, messages in self.days.items():
                file.writestr(root + name, json.dumps(messages, indent=indent))
        return path


def person(its_id: str, name: str) -> dict[str, Any]:
    handle = name.split(maxsplit=1)[0].lower()
    profile = {"real_name": name, "display_name": name, "email": f"{handle}@example.org"}
    return {"id": its_id, "name": handle, "real_name": name, "deleted": False, "profile": profile}


def ts(minutes: float = 0, count: int = 1) -> str:
    """Slack's time of something said some minutes after the beginning."""
    return f"{int((BEGINS + timedelta(minutes=minutes)).timestamp())}.{count:06d}"


def rich(*elements: dict[str, Any]) -> list[dict[str, Any]]:
    """The blocks of something that somebody typed."""
    return [{"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": list(elements)}]}]


def everything(old: bool = False) -> Made:
    """A small export in which each thing that can be in one is there once or more."""
    made = Made(old)
    lab = made.channel("C0LAB", "co-lab")
    quiet = made.channel("C0QUIET", "quiet-corner", private=True)
    made.channel("C0EMPTY", "nobody-spoke", is_archived=True)
    made.dms = [{"id": "D0AAAA", "members": ["U0ASHA", "U0TOM"]}]
    made.mpims = [{"id": "G0MPIM", "name": "mpdm-asha--tom--mair-1", "members": list(PEOPLE)[:3]}]
    made.put("D0AAAA", {"type": "message", "user": "U0TOM", "text": "between us whisperword", "ts": ts(1)})
    made.put("mpdm-asha--tom--mair-1", {"type": "message", "text": "among us whisperword", "ts": ts(1)})
    for number, subtype in enumerate(("channel_join", "channel_leave", "channel_topic", "channel_purpose")):
        made.passes(lab, ts(-10, number + 1), subtype)
    made.passes(quiet, ts(-9), "channel_archive")
    made.says(lab, ts(0), "Shall we walk along the riverbank on Monday?")
    made.says(quiet, ts(1), "What is said here is for the few: hushword")
    if old:
        _of_2016(made, lab)
    else:
        _of_today(made, lab)
    return made


def _of_2016(made: Made, lab: str) -> None:
    file = {"id": "F0A", "name": "minutes.pdf", "title": "Our minutes", "user": "U0MAIR", "mode": "hosted"}
    link = "<https://example.slack.com/files/mair/F0A/minutes.pdf|Our minutes>"
    made.says(
        lab,
        ts(2),
        f"<@U0MAIR|mair> uploaded a file: {link}",
        None,
        subtype="file_share",
        file=file,
        upload=True,
    )
    made.says(
        lab,
        ts(3),
        f"<@U0TOM|tom> commented on U0MAIR's file {link}: a tidy summary",
        None,
        subtype="file_comment",
        file=file,
        comment={"user": "U0TOM", "comment": "a tidy summary"},
    )
    made.says(lab, ts(4), "thinks aloud", "U0TOM", subtype="me_message")
    made.says(lab, ts(5), "Deployed", None, subtype="bot_message", bot_id="B0OLD", username="herald")
    made.passes(lab, ts(6), "bot_add", bot_id="B0OLD")
    made.passes(lab, ts(7), "pinned_item", item_type="C")


def _of_today(made: Made, lab: str) -> None:
    root = ts(10)
    replies = [{"user": "U0TOM", "ts": ts(60 * 24)}]
    made.says(
        lab,
        root,
        "Which bridge would you cross first? <@U0IMPORTA> knows the <#C0LAB>",
        thread_ts=root,
        reply_count=1,
        replies=replies,
        reactions=[{"name": "seedling", "users": ["U0TOM"], "count": 3}],
    )
    made.says(
        lab, ts(60 * 24), "The old footbridge, a day later", "U0TOM", thread_ts=root, parent_user_id="U0ASHA"
    )
    made.says(
        lab,
        ts(60 * 25),
        "Told to everybody: the footbridge it is",
        "U0MAIR",
        subtype="thread_broadcast",
        thread_ts=root,
        root={"ts": root, "thread_ts": root},
    )
    edited = {"user": "U0ASHA", "ts": ts(30)}
    made.says(lab, ts(20), "The wording as it ended, harvestword", edited=edited)
    made.says(lab, ts(21), "A reply whose beginning is gone: orphanword", "U0TOM", thread_ts=ts(-99_000))
    made.passes(lab, ts(22), "tombstone", hidden=True, user="USLACKBOT", thread_ts=ts(22), reply_count=1)
    made.says(lab, ts(23), "A reply to what was deleted", "U0MAIR", thread_ts=ts(22))
    said = {"type": "text", "text": "Only blocks & nothing else: blockword "}
    made.says(lab, ts(24), "", blocks=rich(said, {"type": "user", "user_id": "U0IMPORTB"}))
    made.says(lab, ts(25), "", files=[{"id": "F0B", "name": "flood-map.png", "title": "flood-map.png"}])
    guest = {"display_name": "Wen from the harbour", "real_name": "Wen Li"}
    made.says(lab, ts(26), "A stranger from elsewhere speaks", "U0FARAWAY", user_profile=guest)
    made.says(
        lab,
        ts(27),
        "",
        None,
        subtype="bot_message",
        bot_id="B0NEWS",
        username="Newsround",
        attachments=[{"title": "Bus routes", "text": "change in winter", "fallback": "no need"}],
    )
    made.says(
        lab, ts(28), "<!here> &lt;see&gt; <https://example.org|the page>, <!subteam^S0AB|@conveners> :wave:"
    )
    made.says(lab, ts(29), "Sent twice in a hurry", "U0TOM", client_msg_id="a")
    made.passes(lab, ts(31), "", reason="empty", text="", files=[{"id": "F0C", "mode": "tombstone"}])


def plenty(path: Path, messages: int, channels: int = 200, seed: int = 7, days: int = 100) -> Made:
    """A large export, written day by day: a third of the messages are replies."""
    chance = random.Random(seed)
    people = {f"U{number:07d}": f"Person {number}" for number in range(500)}
    made = Made(people=people)
    names = [made.channel(f"C{number:07d}", f"circle-{number}") for number in range(channels)]
    ids, words, said = list(people), SPOKEN.split(), 0
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as file:
        file.writestr("channels.json", json.dumps(made.channels))
        file.writestr("users.json", json.dumps([person(one, name) for one, name in people.items()]))
        for number, name in enumerate(names):
            mine = messages * (number + 1) // channels - messages * number // channels
            for day in range(days):
                today = mine * (day + 1) // days - mine * day // days
                entries: list[dict[str, Any]] = []
                root: dict[str, Any] = {}
                for count in range(today):
                    step = 80_000 // today
                    second = 1_600_000_000 + day * 86_400 + count * step + chance.randrange(step)
                    at = f"{second}.{chance.randrange(1_000) * 1_000 + number:06d}"
                    text = " ".join(chance.choices(words, k=chance.randint(4, 28)))
                    entry: dict[str, Any] = {
                        "client_msg_id": f"{chance.getrandbits(128):032x}",
                        "type": "message",
                        "user": ids[chance.randrange(500)],
                        "text": text,
                        "ts": at,
                        "team": "T0CIRCLE",
                        "blocks": rich({"type": "text", "text": text}),
                    }
                    if root and chance.random() < 0.33:
                        root["thread_ts"] = root["ts"]
                        entry |= {"thread_ts": root["ts"], "parent_user_id": root["user"]}
                    else:
                        root = entry
                    entries.append(entry)
                if entries:
                    said += len(entries)
                    date = datetime.fromtimestamp(1_600_000_000 + day * 86_400, CUT).date().isoformat()
                    file.writestr(f"{name}/{date}.json", json.dumps(entries, indent=4))
    assert said == messages
    return made

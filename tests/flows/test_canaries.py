"""A word that is nobody else's, in every private field of every form: it reaches its author and whom she chose, and
nothing else that is said, shown, kept in the clear, found, handed on or logged."""

import asyncio
import json
import logging
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from bot.__main__ import main as togetherness
from practices.catalogue.forms import FORMS
from practices.forms import Form
from tests.flows import test_a_cohort as a_cohort
from tests.flows.test_writings import opens
from tests.house.test_words import bytes_of
from tests.people import CO_LAB, Person, Town, words_of
from workspace.writings import SEEN

MARK = "quillwort"  # ends every canary, so that an index that keeps only the ends of words is found out too
CONVENERS = {"U0ASHA", "U0MAIR"}
LETTERS = "bcdfghjklmnpqrstvwxz"


@dataclass
class Canaries:
    """Each canary, where it was written, and who may read it."""

    may: dict[str, set[str]] = field(default_factory=dict)
    where: dict[str, str] = field(default_factory=dict)

    def one(self, where: str, *may: str) -> str:
        n = len(self.may)
        word = f"{LETTERS[n // 20]}{LETTERS[n % 20]}ae{MARK}"
        self.may[word], self.where[word] = set(may), where
        return word

    def astray(self, told: dict[str, str]) -> list[str]:
        """What reached somebody whom it was not for; `told` is all that each was told."""
        return [
            f"{self.where[word]} reached {who}"
            for who, text in told.items()
            for word, may in self.may.items()
            if word in text and who not in may
        ]


@dataclass
class Wire:
    """All that the bot said over the wire, by who was told: a member, or a channel."""

    town: Town
    told: dict[str, str] = field(default_factory=lambda: defaultdict(str))
    _seen: int = 0
    _triggers: dict[str, str] = field(default_factory=dict)
    _views: dict[str, str] = field(default_factory=dict)

    def listen(self) -> None:
        """Hear what was said since the last time."""
        entries = self.town.playground.slack.log.entries(self._seen)
        self._seen = entries[-1]["n"]
        acting = ""
        for entry in reversed(
            entries
        ):  # an act is noted when it is answered: after what the bot did about it
            if entry["direction"] == "out":
                acting = self._note(entry["body"]) or acting
                self._tell(acting, entry["answer"])
            elif entry["what"] == "response_url":
                self._tell(acting, entry["body"])
        for entry in entries:
            if entry["direction"] == "in" and entry["what"] not in ("response_url", "upload"):
                self._tell(self._whom(entry["what"], entry["body"], entry["answer"]), entry["body"])

    def _tell(self, whom: str, what: Any) -> None:
        self.told[whom] += json.dumps(what, ensure_ascii=False)

    def _note(self, body: Any) -> str:
        """Who acts; and note what belongs to her."""
        payload = body.get("payload", body)
        who = payload.get("user") or payload.get("user_id")
        acting = str(who["id"] if isinstance(who, dict) else who or "")
        self._triggers[payload.get("trigger_id", "")] = acting
        self._views[(payload.get("view") or {}).get("id", "")] = acting
        return acting

    def _whom(self, what: str, body: Any, answer: Any) -> str:
        if what in ("views.open", "views.push"):
            who = self._triggers[body["trigger_id"]]
            self._views[(answer.get("view") or {}).get("id", "")] = who
            return who
        if what == "views.update":
            return self._views[body["view_id"]]
        channel = self.town.playground.slack.workspace.channels.get(body.get("channel", ""))
        if channel and channel.kind == "dm":
            return next(one for one in channel.members if one != self.town.playground.bot_user)
        return str(body.get("user_id") or body.get("user") or body.get("channel") or what)

    def files(self) -> None:
        """What is in the files that somebody was sent."""
        for file in self.town.playground.slack.files.all():
            for channel, _ in file.shares:
                people = set(self.town.playground.slack.workspace.channels[channel].members)
                for who in people - {self.town.playground.bot_user}:
                    self.told[who] += (file.content or b"").decode(errors="replace") + str(file.alt)


async def writes(person: Person, form: Form, seen: str, canaries: Canaries, *may: str) -> None:
    """A canary in each field that takes words."""
    if not person.modal():
        await opens(person, form.title)
    words = {
        ask.name: canaries.one(f"{form.key}.{ask.name} ({seen})", *may)
        for ask in form.asks
        if ask.kind in ("line", "lines")
    }
    back = {"bring_back": "In three months, and in a year"} if form.ask("bring_back") else {}
    done = await person.submits(**words, **back, **({"seen": seen} if len(form.ladder) > 1 else {}))
    assert not done.get("errors"), done
    await person.does("close")


async def a_month_of_private_words(town: Town, canaries: Canaries) -> None:
    """Every form and step that is not for all of the circle, and what still waits: lines without a name, sealed ones,
    drafts."""
    sam, asha = town.person("sam"), town.person("asha")
    forms = {one.key: one for one in FORMS}
    for key in ("moment", "retelling", "ripple", "afterwards"):
        for step in ("me", "conveners"):
            may = CONVENERS if step == "conveners" else set()
            await writes(sam, forms[key], SEEN[step][0], canaries, sam.id, *may)
    for step in ("me", "conveners"):
        may = CONVENERS if step == "conveners" else set()
        await asha.does("home")
        await asha.does("press", home=True, label="A convener's note")
        await writes(asha, forms["convening"], SEEN[step][0], canaries, asha.id, *may)
    await sam.types("/together pocket")
    await writes(sam, forms["pocket"], "Just me", canaries, sam.id)
    await writes(sam, forms["ripple"], SEEN["unnamed"][0], canaries, sam.id)
    await writes(sam, forms["afterwards"], "Sealed", canaries, sam.id)
    await opens(sam, "A moment worth keeping")
    await sam.does("choose", view=True, label="What happened", option=canaries.one("a draft", sam.id))
    await sam.does("press", view=True, label="Save draft")
    await sam.does("close")
    await asks_to_join(town, canaries)
    await walks_a_map(town, canaries)
    await town.until("2026-11-03 09:31")
    for step in ("me", "conveners"):
        person, may = (sam, set()) if step == "me" else (town.person("jo"), CONVENERS)
        await person.presses("Answer", town.question()["ts"])
        word = canaries.one(f"a check-in ({step})", person.id, *may)
        assert not (await person.submits(answer=word, **{"Who sees this": SEEN[step][0]})).get("errors")
        await person.does("close")


async def asks_to_join(town: Town, canaries: Canaries) -> None:
    """What Sam writes to join is for him and the conveners, who read along."""
    sam, asha = town.person("sam"), town.person("asha")
    invitation = await a_cohort.invites(town, CO_LAB)
    fields = ("organisation", "draws", "possible")
    given = {name: canaries.one(f"joining.{name}", sam.id, *CONVENERS) for name in fields}
    await sam.does("leave", channel=CO_LAB, member=sam.id)
    await a_cohort.asks(sam, invitation["ts"], **given)
    await sam.does("join", channel=CO_LAB, member=sam.id)
    await a_cohort.at_home(asha, "invitation_read")
    await asha.does("close")


async def walks_a_map(town: Town, canaries: Canaries) -> None:
    """A draft is for whoever began it; a line is for its author alone until its stop closes."""
    asha, sam = town.person("asha"), town.person("sam")
    await asha.types("/together polarity")
    poles = {side: canaries.one(f"a draft's {side}", asha.id) for side in ("left", "right", "question")}
    assert not (await asha.submits(**poles)).get("errors")
    await asha.does("close")
    await asha.types("/together polarity")
    await asha.submits(left="numbers", right="stories")
    await asha.submits(channel=CO_LAB, names="Without names")
    await town.playground.settle()
    opening = next(m["ts"] for m in sam.sees() if "A both/and map" in words_of(m))
    for name in ("sam", "jo", "ben", "ruth"):
        await town.person(name).presses("Step in", opening)
    await asha.does("close")
    await asha.presses("Begin the walk", opening)
    await town.playground.settle()
    stop = next(m["ts"] for m in sam.sees() if "Stop 1 of 4" in words_of(m))
    await sam.presses("Write from here", stop)
    assert not (await sam.submits(first=canaries.one("a line of a map", sam.id))).get("errors")
    await sam.does("close")
    await sam.presses("Write from here", stop)  # it lies before him again
    await sam.does("close")


async def a_pulse_and_a_digest(town: Town, canaries: Canaries) -> None:
    """Five people answer a pulse, four say why; a learning digest is looked at, posted, and handed on."""
    asha = town.person("asha")
    await town.until("2026-12-01 10:01")
    await asha.presses("Offer it", to_asha(town, "It is time for the foundations pulse"), "dm")
    offer = next(m["ts"] for m in asha.sees() if "Six small questions" in words_of(m))
    for name in ("sam", "jo", "tomasz", "ben", "priya"):
        person = town.person(name)
        await person.presses("Answer", offer)
        why = {} if name == "priya" else {"why": canaries.one("pulse.why", person.id)}
        done = await person.submits(purpose="Mostly", **why)
        if why:
            done = await person.submits()
        assert not done.get("errors"), done
        await person.does("close")
    draft = to_asha(town, "A learning digest of")
    for button in ("Look at it", "Post it", "Send me the Markdown"):
        await asha.presses(button, draft, "dm")
        while asha.modal():
            await asha.does("close")
    await town.until("2026-12-15 12:00")


def to_asha(town: Town, words: str) -> str:
    """The message to her alone that says this."""
    return next(str(m["ts"]) for m in town.person("asha").sees("dm") if words in words_of(m))


async def everybody_looks(town: Town) -> None:
    """Whoever is here looks at all there is: what is found and listed, pictures, files, App Home and its windows."""
    for name in ("jo", "asha", "hal", "ruth"):
        person = town.person(name)
        for ask in (f"recall {MARK}", "recall hope", "reflect mine", "circle figures"):
            await person.types(f"/together {ask}")
            while person.modal():
                await person.does("close")
        await person.does("home")
        home = str(town.playground.home(person.id))
        for label in ("What I wrote", "Written for conveners", "See what is kept", "Figures"):
            if f"'{label}'" in home:
                await person.does("press", home=True, label=label)
                for button in ("As pictures", "Send me all of it"):
                    if f"'{button}'" in str(person.modal()):
                        await person.does("press", view=True, label=button)
                while person.modal():
                    await person.does("close")
    await town.playground.settle()


async def test_a_private_word_reaches_whom_its_author_chose_and_nothing_else(
    town: Town,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DATABASE_URL", town.config.database_url)
    canaries, wire = Canaries(), Wire(town)
    await town.circle(memory="All threads")
    asha = town.person("asha")
    await asha.does("home")
    await asha.does("press", home=True, label="Learning digest")
    await asha.submits(every="Every month")
    await asha.does("close")
    await a_month_of_private_words(town, canaries)
    wire.listen()
    await a_pulse_and_a_digest(town, canaries)
    wire.listen()
    await town.until("2027-02-02 09:05")  # what was to come back has come back
    await everybody_looks(town)
    await town.person("sam").types("/together reflect mine")
    wire.listen()
    wire.files()
    await asyncio.to_thread(togetherness, ["search", MARK, "--json"])
    bytes_while_running = await asyncio.to_thread(bytes_of, tmp_path / "kept.db")
    await town.close()

    assert canaries.astray(wire.told) == []
    printed = "".join(capsys.readouterr())
    logged = "".join(one.getMessage() for one in caplog.records if one.levelno >= logging.INFO)
    assert "outbox.said" in printed
    assert MARK not in (printed + logged).lower(), "in no log, and in no search of the host's"
    for bytes_ in (bytes_while_running, bytes_of(tmp_path / "kept.db")):
        assert MARK.encode() not in bytes_.lower(), "in no index, and nowhere else in the clear"
    sams = [word for word, may in canaries.may.items() if may == {"U0SAM"}]
    read = {canaries.where[word] for word in sams if word in wire.told["U0SAM"]}
    his = {"moment.happened (Just me)", "pocket.lean (Just me)", "a draft", "a line of a map"}
    assert his <= read, "or nothing was heard"
    theirs = [word for word, may in canaries.may.items() if may > CONVENERS]
    assert any(word in wire.told["U0ASHA"] for word in theirs), "and conveners read what is theirs"
    joining = [word for word, where in canaries.where.items() if where.startswith("joining")]
    assert all(word in wire.told["U0ASHA"] for word in joining)
    assert "foundations pulse: what we said" in wire.told[CO_LAB].lower()
    assert "what co-lab learned" in wire.told[CO_LAB].lower()
    assert "# What Co-lab learned" in wire.told["U0ASHA"]

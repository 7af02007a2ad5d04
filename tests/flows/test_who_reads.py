"""Who reads what, cell by cell: every form, every step, every role, through every way there is to read."""

import asyncio
import json
from pathlib import Path

import pytest

from bot.__main__ import main as togetherness
from playground.errors import ControlError
from playground.scene import STEWARDSHIP
from practices.catalogue.forms import FORMS
from practices.catalogue.forms.checkin import FORM as CHECKIN
from practices.forms import Form, Visibility
from practices.writings import ENOUGH, ROLES, Role, may_read
from tests.flows.test_every_form import declared, right
from tests.flows.test_own_forms import again
from tests.flows.test_writings import opens
from tests.people import CO_LAB, Person, Town, words_of
from workspace.writings import SEEN

# Who is who in the co-lab's public channel, and in the stewards' private one.
PEOPLE: dict[bool, dict[Role, str]] = {
    True: {
        "author": "sam", "convener": "asha", "member": "jo", "guest": "hal", "elsewhere": "leo", "admin": "ruth",
    },
    False: {
        "author": "sam", "convener": "asha", "member": "priya", "guest": "hal", "elsewhere": "jo", "admin": "ruth",
    },
}  # fmt: skip
in_both = pytest.mark.parametrize("public", [True, False], ids=["public channel", "private channel"])
SECRET = "marigold"  # stands beside the word that is looked for: an answer may say what it looked for
OTHERS = {
    True: ("jo", "ben", "gwen", "mary"),
    False: ("asha", "mair", "priya", "leo"),
}  # write without a name too


async def circle_of(town: Town, public: bool) -> str:
    """The circle's channel, with a guest in it, and neither the member from elsewhere nor the admin."""
    asha, channel = town.person("asha"), CO_LAB if public else STEWARDSHIP
    who = PEOPLE[public]
    if not public:
        await asha.does("join", channel=channel, member=town.person(who["guest"]).id)
    await asha.does("join", channel=channel, member=town.playground.bot_user)
    await asha.presses("Set it up", asha.sees(channel)[-1]["ts"], channel)
    done = await asha.submits(name="Circle", conveners=["U0ASHA", "U0MAIR"], memory="Our practice threads")
    assert not done.get("errors"), done
    await asha.submits()
    inside = {one["id"] for one in town.playground.state()["members"] if not one["bot"]}
    for name in (who["elsewhere"], who["admin"]):
        if public or name == "ruth":
            assert town.person(name).id in inside
            await asha.does("leave", channel=channel, member=town.person(name).id)
    return channel


async def writes(person: Person, form: Form, step: Visibility, word: str, channel: str) -> bool:
    """Write in a form, the word in each field that takes one; False where this step is not offered here."""
    await opens(person, form.title, channel)
    modal = str((person.modal() or {})["blocks"])
    if SEEN[step][0] not in modal:
        await person.does("close")
        return False
    answers = {
        ask.name: f"{word} {SECRET}{word}" if ask.kind in ("line", "lines") else right(ask)
        for ask in form.asks
    }
    seen = {"seen": step} if len(form.ladder) > 1 else {}
    done = await person.submits(**answers, **{name: SEEN[one][0] for name, one in seen.items()})
    assert not done.get("errors"), done
    return True


async def sees(person: Person, channel: str) -> list[str]:
    """All that somebody is shown without looking for anything."""
    shown: list[str] = []
    try:
        for message in person.sees(channel):
            shown.append(words_of(message))
            if message.get("reply_count"):
                shown.append(person.sees_text(channel, message["ts"]))
    except ControlError:
        pass  # a private channel that she is not in
    shown.append(person.sees_text("dm"))
    done = await person.types("/together reflect mine", "dm")
    shown.append(words_of(done.get("response") or {}))
    await person.does("home")
    home = person.town.playground.home(person.id)
    shown.append(json.dumps(home, ensure_ascii=False))
    for label in ("What I wrote", "Written for conveners", "Figures"):
        if f"'{label}'" in str(home):
            await person.does("press", home=True, label=label)
            shown.append(str(person.modal()))
            while person.modal():
                await person.does("close")
    return shown


async def finds(person: Person, word: str, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """What she is shown when she looks for a word, in every way there is to look for one."""
    shown = []
    for ask in (f"recall {word}", f"reflect mine {word}"):
        done = await person.types(f"/together {ask}", "dm")
        shown.append(words_of(done.get("response") or {}))
    capsys.readouterr()
    await asyncio.to_thread(togetherness, ["search", word, "--as", person.id, "--json"])
    return [*shown, capsys.readouterr().out]


async def as_the_matrix_says(
    town: Town,
    public: bool,
    words: dict[Visibility, str],
    channel: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Whoever may read the word of a step is shown it or finds it, and nobody else."""
    for role in ROLES:
        person = town.person(PEOPLE[public][role])
        shown = await sees(person, channel)
        for step, word in words.items():
            found = await finds(person, word, capsys)
            seen = any(f"{SECRET}{word}" in one for one in (*shown, *found))
            assert seen is may_read(step, role, public=public), (step, role)


async def answers_for(person: Person, step: Visibility, word: str, channel: str) -> None:
    """Answer the circle's newest question, for whom she chooses."""
    await person.presses("Answer", person.town.question(channel)["ts"], channel)
    wanted = {"Your answer": f"{word} {SECRET}{word}", "Who sees this": SEEN[step][0]}
    done = await person.submits(**wanted)
    assert not done.get("errors"), done
    if person.modal():
        await person.does("close")


async def all_seal(town: Town, public: bool, word: str, channel: str) -> None:
    """Five people seal an answer about the same gathering."""
    for name, said in zip(("sam", *OTHERS[public]), (word, "a", "b", "c", "d"), strict=True):
        person = town.person(name)
        await opens(person, "After we met", channel)
        done = await person.submits(mattered=f"{said} {SECRET}{said}", seen="Sealed")
        assert not done.get("errors"), done
        await person.does("close")
    await town.playground.settle()


@in_both
async def test_a_check_in_and_a_sealed_answer_are_read_by_whom_the_matrix_says(
    town: Town, public: bool, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", town.config.database_url)
    channel = await circle_of(town, public)
    words: dict[Visibility, str] = {}
    for week, step in enumerate(CHECKIN.ladder):
        await town.until(f"2026-11-{3 + 7 * week:02} 09:31")
        words[step] = f"quincunx{'abc'[week]}"
        await answers_for(town.person("sam"), step, words[step], channel)
    await all_seal(
        town, public, words.setdefault("unnamed", "quincunxd"), channel
    )  # read as lines without a name are
    await as_the_matrix_says(town, public, words, channel, capsys)


@in_both
@pytest.mark.parametrize("form", [one for one in FORMS if one is not CHECKIN], ids=lambda form: form.key)
async def test_everybody_reads_what_the_matrix_says_and_nothing_else(
    town: Town,
    tmp_path: Path,
    form: Form,
    public: bool,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DATABASE_URL", town.config.database_url)
    channel = await circle_of(town, public)
    await again(town, tmp_path / "forms.toml", declared(form))
    sam, words = town.person("sam"), {}
    for number, step in enumerate(form.ladder):
        word = f"quincunx{'abcde'[number]}"
        if await writes(sam, form, step, word, channel):
            words[step] = word
    if "unnamed" in words:
        for number, name in enumerate(OTHERS[public]):
            assert await writes(town.person(name), form, "unnamed", f"other{number}", channel)
        assert len(OTHERS[public]) + 1 == ENOUGH
    await town.playground.settle()
    assert set(words) == {one for one in form.ladder if public or one != "everyone"}
    await as_the_matrix_says(town, public, words, channel, capsys)

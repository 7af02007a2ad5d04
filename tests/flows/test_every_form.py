"""Every declared form is opened, refused at the field that is wrong, kept, found again and deleted."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from practices.catalogue.forms import FORMS
from practices.forms import Ask, Form
from practices.own_forms import read
from tests.flows.test_own_forms import EXAMPLE, again
from tests.flows.test_writings import mine, opens
from tests.people import Town, words_of

OWN = [one for one in read(EXAMPLE, FORMS).offered if one not in FORMS]
every_form = pytest.mark.parametrize("form", [*FORMS, *OWN], ids=lambda form: form.key)


def declared(*forms: Form) -> str:
    """Forms as a file declares them, under keys of their own: so everybody may open them, whoever brings them else."""
    off = json.dumps([one.key for one in FORMS if one.key != "checkin"])
    return "\n".join([f"off = {off}", *(line for form in forms for line in _lines(form)), ""])


def _lines(form: Form) -> list[str]:
    lines = ["[[form]]", f'key = "own_{form.key}"']
    lines += [
        f"{name} = {json.dumps(getattr(form, name))}" for name in ("title", "about", "preset", "ladder")
    ]
    for ask in form.asks:
        lines += ["[[form.ask]]"]
        lines += [
            f"{name} = {json.dumps(getattr(ask, name))}" for name in ("name", "label", "kind", "required")
        ]
        lines += [f"limit = {ask.limit}"] if ask.limit else []
        lines += [f"hint = {json.dumps(ask.hint)}"] if ask.hint else []
        if ask.choices:
            kept = ", ".join(f"{value} = {json.dumps(label)}" for value, label in ask.choices)
            lines += [f"choices = {{{kept}}}"]
    return lines


def right(ask: Ask) -> Any:
    """An answer that is one."""
    match ask.kind:
        case "choice":
            return ask.choices[-1][1]
        case "people":
            return ["U0JO"]
        case "link":
            return "https://example.org/walk"
        case _:
            return f"Kestrel {ask.name}"[: ask.limit]


def wrongs(ask: Ask) -> list[Any]:
    """Answers that are none."""
    match ask.kind:
        case "choice":
            return []  # Slack offers nothing else
        case "people":
            return [
                [f"U0{name}" for name in ("JO", "BEN", "GWEN", "MARY", "LEO", "KIT", "OMAR")[: ask.limit + 1]]
            ]
        case "link":
            return ["nowhere", "javascript:alert(1)"]
        case _:
            return ["x" * 3001, "x" * (ask.limit + 1), *(["\u200b \u202e"] if ask.required else [])]


def test_a_form_says_the_same_when_a_file_declares_it() -> None:
    for form in FORMS:
        (own,) = [one for one in read(declared(form), FORMS).offered if one not in FORMS]
        asks = tuple(replace(ask, apart="") for ask in form.asks)  # only ours go by themselves
        assert (own.asks, own.ladder, own.preset, own.title) == (
            asks,
            form.ladder,
            form.preset,
            form.title,
        )


@every_form
async def test_a_form_from_the_first_tap_to_the_last(town: Town, tmp_path: Path, form: Form) -> None:
    await town.circle()
    await again(town, tmp_path / "forms.toml", declared(form))
    sam = town.person("sam")
    await opens(sam, form.title)
    good = {ask.name: right(ask) for ask in form.asks}
    for ask in form.asks:
        for wrong in wrongs(ask):
            refused = await sam.submits(**{**good, ask.name: wrong})
            assert set(refused.get("errors", {})) == {ask.name}, (ask.name, str(wrong)[:20], refused)
    seen = {"seen": "Just me"} if len(form.ladder) > 1 else {}
    done = await sam.submits(**good, **seen)
    assert not done.get("errors"), done
    assert "Thank you" in str(sam.modal())
    typed = [one for name, one in good.items() if form.ask(name) and str(one).startswith("Kestrel")]
    listed = (await sam.types("/together reflect mine"))["response"]
    assert form.title in words_of(listed)
    if typed:
        assert form.title in await mine(sam, "kestrels")
    assert form.title not in await mine(town.person("jo"))
    await sam.chooses("Edit", listed["ts"])
    modal = str(sam.modal())
    assert all(one in modal for one in typed), "it opens with what was written"
    await sam.does("close")
    await sam.chooses("Delete", listed["ts"])
    assert form.title not in await mine(sam)

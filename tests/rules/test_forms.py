"""Every form that is declared keeps to the same rules, and whatever is written in one can be drawn and calls nobody."""

import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime, time
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.blocks import block_faults, view_faults
from practices.catalogue.forms import FORMS
from practices.catalogue.forms.retelling import FORM as RETELLING
from practices.forms import BESIDE, BLOCKS, BRING_BACK, LADDER, LONGEST, Ask, Form, Forms, Visibility
from practices.model import Circle, Visit
from practices.naming import READ_BY
from practices.own_forms import read
from practices.refusals import Refusals, ShownBefore
from practices.returns import offered_to
from practices.rhythm import Rhythm
from practices.writings import Locked, Naming, Wanted, Writing, accept, draft
from tests.flows.test_own_forms import EXAMPLE
from workspace import batches, mine, naming, returns
from workspace import writings as shown
from workspace.writings import Sheet

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
VISIT = Visit("T0HOUSE", "U0SAM", NOW, key="k")
CIRCLE = Circle(
    "c1", "T0HOUSE", "C0COLAB", "Co-lab", "", ("U0ASHA",), Rhythm(1, time(9, 30), "Europe/London"), (), (),
    "practice", date(2026, 11, 2),
)  # fmt: skip
HERE = frozenset({"U0SAM", *(f"U0{n}" for n in range(9))})
OWN = tuple(one for one in read(EXAMPLE, FORMS).offered if one not in FORMS)
EVERY = Forms((*FORMS, *OWN))
every_form = pytest.mark.parametrize("form", EVERY.offered, ids=lambda form: form.key)

# What is kept is kept under these: a name that is gone from here loses what was written.
NAMES = {
    "checkin": ["answer", "arriving"],
    "moment": ["happened", "make_of_it", "might_do", "link", "bring_back"],
    "pocket": ["lean", "gives", "overdo", "visit"],
    "retelling": ["as_told", "now", "shifted", "helped"],
    "ripple": ["noticed", "where", "together", "know", "started"],
    "afterwards": ["leaving", "mattered", "unsaid", "next_time"],
    "unsaid": ["unsaid"],
    "conversation": ["met", "talked_about", "take_away"],
    "pulse": ["purpose", "need", "disagree", "share", "fit", "change", "effort", "why"],
    "convening": ["noticed", "held_back", "left", "right"],
}

HOSTILE = (
    "<!channel>", "@here ", "@Everyone", "<@U0JO>", "<#C0COLAB>", "<https://example.org|bank>", "<!date^1^{date}|x>",
    "&amp;", "&", "<", ">", "*", "_", "~", "`", "```", ":wave:", "\u202e", "\u2066", "\u200f", "\u200b", "\x00",
    "\x1b[31m", "\ud800", "\udfff", "\r\n", "\n\n", "\t", "👩🏽‍🚒", "e\u0301", "ﷺ", "a", "Ü", " ", "|", "{", '"', "\\",
)  # fmt: skip


def hostile(limit: int) -> st.SearchStrategy[str]:
    """Texts that nobody means well with, up to the limit itself."""
    pieces = st.lists(st.sampled_from(HOSTILE) | st.text(max_size=20), min_size=1, max_size=12).map("".join)
    long = st.sampled_from(HOSTILE).map(lambda piece: piece * (limit // len(piece)))
    return (pieces | long).map(lambda text: text[:limit])


def anything(ask: Ask) -> st.SearchStrategy[str | tuple[str, ...]]:
    match ask.kind:
        case "choice":
            return st.sampled_from([(value,) for value, _ in ask.choices] + [("gone",), ()])
        case "people":
            return st.lists(st.sampled_from(["U0JO", "U0BEN", "U0GWEN"]), max_size=ask.limit).map(tuple)
        case "link":
            return hostile(ask.limit - 8).map(lambda text: f"https://{text}")
        case _:
            return hostile(ask.limit)


filled = st.sampled_from(EVERY.offered).flatmap(
    lambda form: st.tuples(
        st.just(form), st.fixed_dictionaries({ask.name: anything(ask) for ask in form.asks})
    )
)


def texts(part: Any) -> list[str]:
    """Every text in Slack's notation."""
    if isinstance(part, dict):
        own = [part["text"]] if part.get("type") == "mrkdwn" else []
        return own + [text for value in part.values() for text in texts(value)]
    return [text for value in part for text in texts(value)] if isinstance(part, list | tuple) else []


def fits(view: dict[str, Any]) -> None:
    assert view_faults(json.loads(json.dumps(view)), "modal") == []
    assert len(view.get("private_metadata", "")) <= 3000


def calls_nobody(part: Any) -> None:
    for text in texts(part):
        bare = re.sub(r"<!date\^\d+\^[^<>|]*\|[^<>|]*>", "", text)  # our own dates
        assert not re.search(
            r"<|@(channel|here|everyone)\b|[\u202a-\u202e\u2066-\u2069]", bare, re.IGNORECASE
        )


def wanted_of(form: Form, answers: dict[str, Any], seen: Visibility) -> Wanted:
    return Wanted("w1", form.key, seen, answers, CIRCLE.id, edition=form.edition)


@every_form
def test_a_form_keeps_to_the_limits_of_a_phone_and_of_slack(form: Form) -> None:
    assert 1 <= len(form.title) <= 24
    assert form.about.endswith(".")
    assert len(form.about) <= 150
    assert 1 <= len(form.asks) <= form.most_asks
    assert form.preset in form.ladder
    assert [step for step in LADDER if step in form.ladder] == list(form.ladder)
    assert form.months is None or form.months > 0
    for ask in form.asks:
        assert 1 <= len(ask.label) <= 75, ask.label
        if ask.kind == "choice":
            assert ask.choices, ask.name
            assert not ask.limit, ask.name
            assert all(len(label) <= 75 and len(value) <= 75 for value, label in ask.choices)
        else:
            assert not ask.choices, ask.name
            assert 0 < ask.limit <= (10 if ask.kind == "people" else LONGEST), ask.name


def test_names_are_unique_and_stay_as_they_are() -> None:
    keys = [form.key for form in EVERY.offered]
    assert len(set(keys)) == len(keys)
    titles = [form.title for form in EVERY.offered]
    assert len(set(titles)) == len(titles)
    for form in EVERY.offered:
        names = [ask.name for ask in form.asks]
        assert len(set(names)) == len(names), form.key
        assert not {*names} & {*BESIDE}, form.key
    for key, names in NAMES.items():
        there = EVERY.to_change(key)
        assert [name for name in names if there.ask(name) is None] == [], (
            "what was written under it would be lost"
        )
    assert {form.key for form in FORMS} == {*NAMES}, "a new form's names are written down here, for ever"


@every_form
def test_its_modal_is_one_that_slack_takes_for_every_step_filled_and_empty(form: Form) -> None:
    full = {
        ask.name: (ask.choices[0][0],)
        if ask.choices
        else ("U0JO",)
        if ask.kind == "people"
        else "x" * ask.limit
        for ask in form.asks
    }
    circles = ((), (CIRCLE, replace(CIRCLE, id="c2", name="S" * 80)))
    for step, answers, many in product(form.ladder, ({}, full), circles):
        for steps in (form.ladder, (step,)):
            view = shown.sheet(Sheet(form, wanted_of(form, answers, step), steps, many))
            fits(view)
            assert len(view["blocks"]) <= BLOCKS


@every_form
def test_each_needed_answer_is_missed_at_its_field_and_each_long_one_refused_there(form: Form) -> None:
    long = {ask.name: "x" * (LONGEST + 1) for ask in form.asks if ask.kind in ("line", "lines", "link")}
    needed = {ask.name for ask in form.asks if ask.required}
    for answers, refused in (({}, needed), (long, {*long} | {one for one in needed if one not in long})):
        wanted = wanted_of(form, answers, form.preset)
        if not refused:
            assert accept(form, wanted, VISIT, CIRCLE, None, here=HERE, public=True).answers == {}
            continue
        with pytest.raises(Refusals) as told:
            accept(form, wanted, VISIT, CIRCLE, None, here=HERE, public=True)
        assert {one.field for one in told.value.refusals} == refused


@every_form
def test_a_step_that_is_none_or_not_this_forms_is_refused_where_it_is_chosen(form: Form) -> None:
    for step in ("everybody_in_the_world", "", *(one for one in LADDER if one not in form.ladder)):
        with pytest.raises(Refusals) as told:
            accept(
                form,
                replace(wanted_of(form, {}, "me"), visibility=step),
                VISIT,
                CIRCLE,
                None,
                here=HERE,
                public=True,
            )
        assert "seen" in {one.field for one in told.value.refusals}


@given(filled)
def test_whatever_is_typed_the_modal_can_be_drawn(filled: tuple[Form, dict[str, Any]]) -> None:
    form, answers = filled
    for wanted in (
        wanted_of(form, answers, form.preset),
        wanted_of(form, answers | {"gone": "x&<!here>"}, "me"),
    ):
        one = Sheet(form, wanted, form.ladder)
        half = draft(form, wanted, VISIT, None)
        for view in (shown.sheet(one), shown.once_more(one), shown.both(one, half)):
            fits(view)
            calls_nobody(view)


@given(filled)
def test_whatever_is_kept_can_be_shown_and_calls_nobody(filled: tuple[Form, dict[str, Any]]) -> None:
    form, answers = filled
    for step in form.ladder:
        try:
            kept = accept(form, wanted_of(form, answers, step), VISIT, CIRCLE, None, here=HERE, public=True)
        except Refusals:
            continue
        for known in (form, EVERY.for_reading("gone")):
            for message in shown.card(kept, None, known, "<!channel> @here \u202e"):
                sent = json.loads(json.dumps([dict(block) for block in message.blocks]))
                assert block_faults(sent, "message") == []
                calls_nobody(sent)
                calls_nobody([{"type": "mrkdwn", "text": message.text}])


@every_form
def test_whoever_is_chosen_in_a_form_is_named_only_after_a_yes_to_as_many_readers(form: Form) -> None:
    chosen = {ask.name: ("U0BEN", "U0SAM") for ask in form.asks if ask.kind == "people"}
    said = {ask.name: "Well." for ask in form.asks if ask.required and ask.kind in ("line", "lines")}
    wanted = wanted_of(form, said | chosen, form.preset)
    if not chosen:
        return
    kept = accept(form, wanted, VISIT, CIRCLE, None, here=HERE, public=True)
    for step in LADDER:
        asked = naming.questions(form, replace(kept, visibility=step), "Sam")
        assert set(asked) == ({"U0BEN"} if step in READ_BY else set()), "she who wrote it is not asked"
        assert "Well." not in str(asked)
        for yes in READ_BY:
            one = Naming(kept.id, "U0BEN", kept.circle, yes, "yes")
            others = replace(one, said="no"), replace(one, said=""), replace(one, circle="another")
            told = [
                shown.answers(form, replace(kept, visibility=step, namings=(each,)))
                for each in (one, *others)
            ]
            wide = step in READ_BY and READ_BY.index(step) <= READ_BY.index(yes)
            assert ["U0BEN" in str(each) for each in told] == [wide, False, False, False]


def test_that_somebody_has_it_brought_back_is_told_to_nobody_else() -> None:
    (moment,) = [form for form in FORMS if form.ask(BRING_BACK)]
    answers = {"happened": "A bench.", "make_of_it": "We sat down.", BRING_BACK: ("in_a_year",)}
    kept = Writing("w", "T0HOUSE", "moment", "U0SAM", "circle", answers, NOW, channel="C0COLAB")
    once = [ask.label for ask in moment.asks if ask.name == BRING_BACK]

    others = [
        str(shown.card(kept, None, moment, "Sam")),
        str(shown.for_conveners([kept], {}, "Europe/London", EVERY)),
        str(batches.told(answers, moment)),
    ]
    assert all("A bench." in told and once[0] not in told for told in others)
    assert once[0] in str(returns.opened(kept, [kept], "Europe/London", EVERY)), "she reads it herself"


def test_a_new_telling_is_offered_to_nobody_who_could_not_read_the_old_one_as_hers() -> None:
    old = Writing("w", "T0HOUSE", "moment", "U0SAM", "me", {"happened": "A bench."}, NOW)
    offered = {step: offered_to(RETELLING, replace(old, visibility=step)) for step in LADDER}

    assert (offered["me"], offered["unnamed"]) == ("me", "me")
    assert (offered["conveners"], offered["circle"], offered["everyone"]) == ("conveners",) * 3


def test_what_has_stood_in_the_channel_is_not_taken_without_a_name_whatever_an_old_window_offered() -> None:
    (form,) = [form for form in FORMS if form.key == "ripple"]
    answers = {"noticed": "A bench."}
    before = Writing("w", "T0HOUSE", "ripple", "U0SAM", "me", answers, NOW, released=True)
    wanted = replace(wanted_of(form, answers, "unnamed"), id="w", revision=1)
    with pytest.raises(Refusals) as refused:
        accept(form, wanted, VISIT, CIRCLE, before, here=HERE, public=True)
    assert [(one.field, type(one)) for one in refused.value.refusals] == [("seen", ShownBefore)]


@given(st.lists(filled, min_size=1, max_size=30))
def test_lists_of_whatever_was_written_fit_into_their_windows(
    many: list[tuple[Form, dict[str, Any]]],
) -> None:
    found: list[Writing | Locked] = [
        replace(draft(form, wanted_of(form, answers, "me"), VISIT, None), id=f"w{n}", draft=False)
        for n, (form, answers) in enumerate(many)
    ]
    told = shown.for_conveners(found, {"U0SAM": "<!here> @channel"}, "Europe/London", EVERY)
    for view in (
        mine.listing(found, "<!channel> \u202e@here", "Europe/London", EVERY),
        mine.listing([], "<!channel> \u202e@here", "Europe/London", EVERY),
        shown.window("Written for conveners", told),
    ):
        fits(view)
        calls_nobody(view)


def test_the_longest_words_of_the_longest_form_still_fit_everywhere() -> None:
    asks = tuple(Ask(f"ask_{n}", "x" * 75, limit=LONGEST) for n in range(7))
    form = Form("long", "The longest form there is", "Long.", asks, "conveners")
    everything = {ask.name: "&" * LONGEST for ask in asks} | {f"gone_{n}": "<" * LONGEST for n in range(7)}
    written = Writing("w", "T0HOUSE", "long", "U0SAM", "circle", everything, NOW, channel="C0COLAB")
    (message,) = shown.card(written, None, form, "Sam")
    assert block_faults([dict(block) for block in message.blocks], "message") == []
    many = [replace(written, id=f"w{n}", visibility="conveners") for n in range(9)]
    start, read = 0, 0
    while start < len(many):
        told = shown.for_conveners(many, {"U0SAM": "Sam"}, "Europe/London", Forms((form,)), start)
        fits(shown.window("Written for conveners", told))
        assert start == read, "the next ones, and none twice"
        read += str(told).count("*Sam*")
        older = [one for one in told[-1]["elements"] if one["text"]["text"] == "Older"]
        start = int(older[0]["value"]) if older else len(many)
    assert read == len(many), "a convener comes to every one of them"

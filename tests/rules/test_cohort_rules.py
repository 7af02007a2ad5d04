"""Who may join a cohort until when, and what goes out once everybody is decided on."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practices.cohorts import (
    KEPT,
    Application,
    Decision,
    Invitation,
    Running,
    accept,
    answered,
    as_read,
    balance,
    choose,
    erased_at,
    invite,
    reminder,
)
from practices.model import Circle, Visit
from practices.refusals import (
    AnswersHaveGone,
    ApplicationGone,
    DecidedMeanwhile,
    InvitationOver,
    InvitationStillOpen,
    InvitationWithdrawn,
    NotAConvener,
    NotYetDecided,
    Refusals,
)
from practices.rhythm import Rhythm
from workspace.cohorts import answering, choosing, inviting

NOW = datetime(2026, 11, 3, 9, 30, tzinfo=UTC)
NAMES = "Asha and Sam"
SECTORS = ("VCSE", "NHS", "Local government")
CIRCLE = Circle(
    id="c", community="T1", channel="C1", name="Co-lab", purpose="", conveners=("UASHA", "USAM"),
    rhythm=Rhythm(weekday=1, at=time(9, 30), zone="Europe/London"), themes=(), sectors=SECTORS, memory="off",
    began=date(2026, 11, 1),
)  # fmt: skip
ASKED = {"what": "Six months of learning together", "places": "24"}
CLOSES = NOW + timedelta(days=14)
GIVEN = {"sector": "NHS", "organisation": "Ward 7", "draws": "The people", "possible": "Mornings"}
DECISIONS: list[Decision] = ["", "welcome", "waiting", "not_this_time"]


def visit(member: str = "UASHA", now: datetime = NOW, key: str = "k") -> Visit:
    return Visit(community="T1", member=member, now=now, key=key)


def invitation() -> Invitation:
    return invite(ASKED, CLOSES, CIRCLE, visit(), NAMES)


def application(member: str, decision: Decision) -> Application:
    return replace(accept(GIVEN, invitation(), SECTORS, visit(member)), decision=decision)


def test_asha_reads_at_each_field_what_her_invitation_lacks() -> None:
    with pytest.raises(Refusals) as told:
        invite({"what": "\u200b\u202e", "whom": "x" * 301, "places": "many"}, NOW, CIRCLE, visit(), NAMES)

    assert {one.field for one in told.value.refusals} == {"what", "whom", "places", "closes"}


def test_only_a_convener_invites() -> None:
    with pytest.raises(NotAConvener) as refused:
        invite(ASKED, CLOSES, CIRCLE, visit("UTOM"), NAMES)
    assert refused.value.sentence.endswith("Its conveners are Asha and Sam.")


def test_the_channel_is_reminded_two_days_before_closing_or_not_at_all() -> None:
    assert reminder(invitation(), NOW) == CLOSES - timedelta(hours=48)
    assert reminder(invitation(), CLOSES - timedelta(hours=47)) is None


def test_somebody_who_applies_twice_has_one_application_with_the_newer_words() -> None:
    first = accept(GIVEN, invitation(), SECTORS, visit("UTOM"))
    second = accept(GIVEN | {"draws": "The place"}, invitation(), SECTORS, visit("UTOM", key="later"))

    assert first.id == second.id
    assert second.draws == "The place"


def test_an_application_says_at_its_fields_what_does_not_fit() -> None:
    with pytest.raises(Refusals) as told:
        accept({"draws": "x" * 601, "possible": "x" * 301}, invitation(), SECTORS, visit("UTOM"))

    assert {one.field for one in told.value.refusals} == {"sector", "draws", "possible"}


def test_nobody_applies_after_closing_or_to_an_invitation_that_was_taken_back() -> None:
    accept(GIVEN, invitation(), SECTORS, visit("UTOM", CLOSES - timedelta(seconds=1)))
    with pytest.raises(InvitationOver):
        accept(GIVEN, invitation(), SECTORS, visit("UTOM", CLOSES))
    with pytest.raises(InvitationWithdrawn):
        accept(GIVEN, replace(invitation(), state="withdrawn"), SECTORS, visit("UTOM"))


def test_answers_go_out_together_once_and_only_when_everybody_is_decided_on() -> None:
    asked = invitation()
    decided = [application("UTOM", "welcome"), application("UMIA", "waiting")]
    with pytest.raises(InvitationStillOpen):
        answered(asked, decided, visit())
    with pytest.raises(NotYetDecided):
        answered(asked, [*decided, application("UJO", "")], visit(now=CLOSES))

    read = as_read(decided, {"welcome": "Come in!"})
    with pytest.raises(DecidedMeanwhile):
        answered(asked, decided, visit(now=CLOSES), read, {"welcome": "Come in"})

    gone = answered(asked, decided, visit(now=CLOSES), read, {"welcome": "Come in!"})

    assert gone.answered_at == CLOSES
    with pytest.raises(AnswersHaveGone):
        answered(gone, decided, visit("USAM", CLOSES))


def test_words_for_one_answer_never_go_out_with_another() -> None:
    worded = replace(application("UTOM", "not_this_time"), words="Another time!")

    assert choose(worded, "not_this_time", invitation(), visit(now=CLOSES)).words == "Another time!"
    assert choose(worded, "welcome", invitation(), visit(now=CLOSES)).words == ""
    with pytest.raises(ApplicationGone):
        choose(worded, "crafted", invitation(), visit(now=CLOSES))
    assert answering.own("Another time!", worded, CIRCLE, {"not_this_time": "Another time!"}) == ""


def test_a_day_or_time_that_cannot_be_read_is_asked_for_at_its_field() -> None:
    picked = {"closes": ("datepicker", "selected_date"), "closes_at": ("timepicker", "selected_time")}
    for day, clock in (("soon", "17:00"), ("2026-11-31", "17:00"), ("2026-11-20", "tea time")):
        values = {
            name: {name: {"type": kind, key: typed}}
            for (name, (kind, key)), typed in zip(picked.items(), (day, clock), strict=True)
        }
        view = {"private_metadata": '{"channel": "C1", "invitation": ""}', "state": {"values": values}}
        closes = inviting.closes(inviting.asked(view), CIRCLE)
        with pytest.raises(Refusals) as told:
            invite(ASKED, closes, CIRCLE, visit(), NAMES)
        assert {one.field for one in told.value.refusals} == {"closes"}


def test_a_page_that_cannot_be_read_is_the_first_one() -> None:
    for start, shown in (("8", 8), ("x", 0), ("²", 0), ("", 0)):
        assert choosing.turned({"value": f"invitation/{start}"}) == ("invitation", shown)


def test_once_nothing_is_kept_nobody_is_told_that_nobody_asked_to_join() -> None:
    over = replace(invitation(), state="answered", answered_at=CLOSES)
    listed, _ = inviting.entry(Running(over, "Co-lab", 0), "Europe/London")
    read = str(choosing.reading(over, CIRCLE, [], {}))

    assert listed["text"]["text"].endswith("\nover")
    assert "this invitation is over" in read
    assert "0 people" not in read


@given(st.sampled_from(DECISIONS), st.none() | st.integers(0, 400))
def test_whoever_was_not_welcomed_is_deleted_thirty_days_later(decision: Decision, hours: int | None) -> None:
    at = None if hours is None else CLOSES + timedelta(hours=hours)

    due = erased_at(application("UTOM", decision), replace(invitation(), answered_at=at))

    assert due == (None if at and decision == "welcome" else (at or CLOSES) + KEPT)


@given(st.lists(st.tuples(st.sampled_from((*SECTORS, "Faith")), st.sampled_from(DECISIONS)), max_size=30))
def test_the_balance_counts_everybody_once_in_the_circles_order(
    found: list[tuple[str, Decision]],
) -> None:
    rows = balance([replace(application("UTOM", what), sector=where) for where, what in found], SECTORS)

    assert sum(asked for _, asked, _ in rows) == len(found)
    assert sum(welcomed for _, _, welcomed in rows) == sum(what == "welcome" for _, what in found)
    assert tuple(name for name, _, _ in rows)[:3] == SECTORS


def test_five_hundred_people_with_much_to_say_are_all_read_within_slacks_limits() -> None:
    asked = replace(invitation(), state="closed")
    said = "&" * 300
    many = [
        replace(application(f"U{n}", "waiting"), id=f"a{n}", draws=said * 2, possible=said, words="x")
        for n in range(500)
    ]
    names = {one.member: f"Member {one.member[1:]} <&>" for one in many}
    seen: list[str] = []
    for start in range(0, 500, choosing.PAGE):
        blocks = choosing.reading(asked, CIRCLE, many, names, start)["blocks"]
        assert len(blocks) <= 100
        assert all(len(block["text"]["text"]) <= 3000 for block in blocks if block["type"] == "section")
        seen += re.findall(r"\*Member (\d+) &lt;&amp;&gt;\* ", str(blocks))
    assert seen == [str(n) for n in range(500)]
    last = answering.sending(asked, CIRCLE, many, names, {})["blocks"]
    assert len(last) <= 100
    assert "and 460 more" in str(last)

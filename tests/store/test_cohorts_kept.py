"""What people write to join is locked, is answered once, and goes when its time is over."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import Connection, select

from practices import cohorts as decide
from practices.cohorts import KEPT, Application, Invitation
from practices.model import Visit
from store import circles, outbox, sealing
from store.cohorts import applications, invitations
from store.engine import Database
from store.schema import application
from tests.people import KEY
from tests.store.things import COMMUNITY, LEASE, NOW, a_circle, a_message, a_visit, unhurried

CLOSES = NOW + timedelta(days=14)
CIRCLE = a_circle()
INVITATION = decide.invite(
    {"what": "Six mornings", "places": "2", "channel": "C9"}, CLOSES, CIRCLE, a_visit("invite"), "Asha"
)
GIVEN = {"sector": "NHS", "organisation": "Ward 7", "draws": "CANARY", "possible": "Mornings"}


def asked_by(member: str) -> tuple[Visit, Application]:
    visit = a_visit(member=member)
    return visit, decide.accept(GIVEN, INVITATION, CIRCLE.sectors, visit)


def rows(connection: Connection, community: str) -> str:
    return str(connection.execute(select(application).where(application.c.community_id == community)).all())


async def closed(db: Database, *members: str) -> Invitation:
    """An invitation that these people have asked to join, and that nobody can any more."""
    await db.write(invitations.post, a_visit(), INVITATION, CLOSES - timedelta(hours=48), ())
    for member in members:
        visit, one = asked_by(member)
        assert await db.write(applications.apply, visit, one, INVITATION, ())
    await db.write(invitations.closed, COMMUNITY, INVITATION, len(members) - 1, (), CLOSES)
    assert await db.read(invitations.closing, CLOSES) == [INVITATION], "one has come since they were counted"
    await db.write(invitations.closed, COMMUNITY, INVITATION, len(members), (), CLOSES)
    found = await db.read(invitations.by_id, COMMUNITY, INVITATION.id)
    assert found
    return found


async def test_an_application_is_locked_and_its_invitation_known_to_nobody_elsewhere(url: str) -> None:
    db = unhurried(url, keys=sealing.keyring(KEY))
    try:
        await _with_circle(db)
        assert await db.read(invitations.next_due, NOW) is None
        over = await closed(db, "U7", "U8")
        visit, late = asked_by("U9")
        assert await db.write(applications.apply, visit, late, over, ()) is False, "it has closed"
        assert "CANARY" not in await db.read(rows, COMMUNITY)
        found = await db.read(applications.of_invitation, COMMUNITY, over.id)
        assert {(one.member, one.draws) for one in found} == {("U7", "CANARY"), ("U8", "CANARY")}
        assert await db.read(applications.of_invitation, "T2", over.id) == []
        assert await db.read(invitations.by_id, "T2", over.id) is None
        assert [one.application for one in await db.read(applications.of_member, COMMUNITY, "U7", NOW)] == [
            asked_by("U7")[1].id
        ]
        (running,) = await db.read(invitations.running, COMMUNITY, [CIRCLE.id])
        assert (running.applications, running.invitation) == (2, over)
    finally:
        await db.close()


async def test_answers_go_out_once_as_they_were_read_and_what_was_not_welcomed_goes(url: str) -> None:
    db = unhurried(url, keys=sealing.keyring(KEY))
    try:
        await _with_circle(db)
        over = await closed(db, "U7", "U8")
        one, two = await db.read(applications.of_invitation, COMMUNITY, over.id)
        chosen = [replace(one, decision="welcome"), replace(two, decision="waiting")]
        assert await db.write(applications.word, a_visit(), one, "For another answer")
        for each in chosen:
            assert await db.write(applications.choose, a_visit(), each)
        assert {each.words for each in await db.read(applications.of_invitation, COMMUNITY, over.id)} == {""}
        gone = replace(over, state="answered", answered_at=CLOSES)
        said = (a_message("answer"),)
        assert await db.write(applications.answer, a_visit(), gone, [one, two], said) is False
        assert await db.read(outbox.state_of, COMMUNITY, "answer") == "", "nothing else than what was read"
        assert await db.write(applications.answer, a_visit(), gone, chosen, said)
        assert await db.write(applications.answer, a_visit(), gone, chosen, said) is False, "once"
        assert await db.write(applications.choose, a_visit(), chosen[1]) is False, "they have gone"
        assert await db.read(invitations.next_due, NOW) == CLOSES + KEPT
        assert await db.write(applications.erase, CLOSES + KEPT) == 1
        (left,) = await db.read(applications.of_invitation, COMMUNITY, over.id)
        assert left.member == one.member
    finally:
        await db.close()


async def test_an_invitation_that_is_taken_back_never_appears_and_nothing_written_for_it_is_read(
    url: str,
) -> None:
    db = unhurried(url, keys=sealing.keyring(KEY))
    try:
        await _with_circle(db)
        promised = a_message("promised", purpose="invitation", subject=INVITATION.id)
        await db.write(invitations.post, a_visit(), INVITATION, None, (promised,))
        visit, one = asked_by("U7")
        assert await db.write(applications.apply, visit, one, INVITATION, ())
        back = decide.withdrawn(INVITATION)
        ((claimed, _),) = await db.write(outbox.claim, NOW, NOW, "us", LEASE, ())
        assert await db.write(invitations.change, a_visit(), back, None, ()) is False, "it is on its way"
        await db.write(outbox.again, COMMUNITY, claimed.id, "us")
        assert await db.write(invitations.change, a_visit(), back, None, ())
        assert await db.read(outbox.state_of, COMMUNITY, "promised") == "", "it is not posted any more"
        assert await db.read(applications.of_invitation, COMMUNITY, INVITATION.id) == []
        assert await db.read(applications.members, COMMUNITY, INVITATION.id) == ["U7"], (
            "hers to read till it goes"
        )
    finally:
        await db.close()


async def test_an_invitation_that_came_to_stand_meanwhile_is_taken_back_only_with_its_message(
    url: str,
) -> None:
    db = unhurried(url, keys=sealing.keyring(KEY))
    try:
        await _with_circle(db)
        promised = a_message("promised", purpose="invitation", subject=INVITATION.id)
        await db.write(invitations.post, a_visit(), INVITATION, None, (promised,))
        await db.write(outbox.claim, NOW, NOW, "us", LEASE, ())
        await db.write(outbox.said, COMMUNITY, "promised", "C9", "1.1", NOW)
        back = decide.withdrawn(INVITATION)
        assert await db.write(invitations.change, a_visit(), back, None, ()) is False, "read before it stood"
        stands = await db.read(invitations.by_id, COMMUNITY, INVITATION.id)
        assert stands == replace(INVITATION, ts="1.1")
        assert await db.write(invitations.change, a_visit(), decide.withdrawn(stands), None, ())
    finally:
        await db.close()


async def _with_circle(db: Database) -> None:
    await db.write(circles.keep, a_visit(), CIRCLE, NOW, ())

"""A round is drawn in a process of its own: the same plan, nobody waits for it, and nothing of it is left behind."""

import asyncio
from dataclasses import replace

import pytest
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from structlog.testing import capture_logs

from bot.planning import WITHIN, Planner
from practices.matches.draw import Asked, Past, Person, drawn
from practices.refusals import NotDrawn
from tests.flows.test_a_match_round import begin, join
from tests.people import Town
from tests.processes import until

SECTORS = ("health", "council", "voluntary", "private")
FIFTY = Asked(
    tuple(
        Person(f"U{index:03}", SECTORS[index % 7 % 4], times=frozenset({"mornings"}), since_across=index % 3)
        for index in range(51)
    ),
    tuple(
        Past(index % 5, f"U{index:03}", f"U{index + 9:03}", False if index % 4 else None)
        for index in range(40)
    ),
    (("U000", "U001"), ("U050", "U007")),
    number=6,
    enrolled={"health": 16, "council": 15, "voluntary": 14, "private": 7},
    seed=3,
)
EVER = replace(FIFTY, people=tuple(Person(f"U{index}", SECTORS[index % 4]) for index in range(4000)), size=5)


async def turns(done: asyncio.Future[object]) -> int:
    """How often others have their turn until it is done."""
    counted = 0
    while not done.done():
        await asyncio.sleep(0.001)
        counted += 1
    return counted


async def test_the_plan_of_another_process_is_the_same_and_others_have_their_turn_meanwhile() -> None:
    planner = Planner()
    drawing = asyncio.ensure_future(planner.planned(FIFTY))

    assert await turns(drawing) > 20
    assert await drawing == drawn(FIFTY)
    assert planner.process
    assert planner.process.returncode == 0


async def test_a_draw_that_takes_too_long_or_is_stopped_changes_nothing_and_leaves_no_process() -> None:
    hurried, stopped = Planner(within=0.05), Planner()
    with pytest.raises(NotDrawn):
        await hurried.planned(EVER)
    assert hurried.process
    assert hurried.process.returncode == -9

    drawing, waiting = (asyncio.ensure_future(stopped.planned(EVER)) for _ in range(2))
    await until(lambda: stopped.process, "it draws")
    await stopped.close()
    for one in (drawing, waiting):
        with pytest.raises(NotDrawn):
            await one
    assert stopped.process.returncode == -9

    given_up = Planner()
    drawing = asyncio.ensure_future(given_up.planned(EVER))
    await until(lambda: given_up.process, "it draws")
    drawing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await drawing
    assert given_up.process.returncode == -9


async def test_who_is_answered_reads_of_no_trouble_while_a_draw_goes_on(town: Town) -> None:
    assert town.bot
    edge, drawn_at_last = town.bot.edge, asyncio.Event()
    edge.patience = 0.01
    body = {"type": "block_actions", "team": {"id": "T0SAMPLE"}, "user": {"id": "U0ASHA"}}

    async def dispatch(request: AsyncBoltRequest) -> BoltResponse:
        await request.context.ack()
        await drawn_at_last.wait()
        return BoltResponse(status=200)

    with capture_logs() as logs:
        answer = await edge.patiently(dispatch, AsyncBoltRequest(mode="socket_mode", body=body))
    drawn_at_last.set()
    assert answer.status == 200
    assert not logs, "it takes longer, and that is no incident"


async def test_a_preview_that_does_not_come_to_its_end_says_so_in_its_own_window(town: Town) -> None:
    assert town.bot
    await begin(town)
    for name, sector in (("sam", "NHS"), ("jo", "VCSE")):
        await join(town.person(name), sector)
    asha, planner = town.person("asha"), town.bot.planner
    planner.within = 0.0
    await asha.types("/together match rounds")
    await asha.does("press", view=True, label="Preview the next round")
    await town.eventually(lambda: "did not come to its end" in str(asha.modal()))
    await asha.does("close")
    planner.within = WITHIN
    await asha.does("press", view=True, label="Preview the next round")
    await town.eventually(lambda: "A pair, all across sectors" in str(asha.modal()))
    planner.within = 0.0
    await asha.does("press", view=True, label="Another draw")
    await town.eventually(lambda: "did not come to its end" in str(asha.modal()))


async def test_a_process_that_fails_is_a_fault_of_ours_and_no_plan() -> None:
    twice = replace(FIFTY, people=FIFTY.people[:1] * 2)

    with pytest.raises(RuntimeError, match="ended with 1"):
        await Planner().planned(twice)

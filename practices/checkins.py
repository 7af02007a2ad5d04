"""Who sees a check-in: the circle, under the question, as a voice; or its author alone, or she and the conveners."""

from practices.forms import Answers, Visibility
from practices.keeping import answers_until, draft_until
from practices.model import Answer, Prompt, Reflection, Visit, identity
from practices.reflections import LONGEST, clean
from practices.refusals import NothingWritten, StillOnItsWay, TakenDownMeanwhile, TooLong
from practices.writings import CHOSEN, Writing, chosen

STEPS: tuple[Visibility, ...] = ("circle", "me", "conveners")


def id_of(prompt: str, visit: Visit) -> str:
    """One answer of each member to each question, whoever sees it."""
    return identity("checkin", visit.community, prompt, visit.member)


def steps(prompt: Prompt, shared: Reflection | None) -> tuple[Visibility, ...]:
    """Who can be chosen: the circle not any more once the question has closed, unless it has the answer already."""
    taken = not (prompt.closed or prompt.withdrawn)
    return STEPS if taken or shared else STEPS[1:]


def lying(prompt: Prompt, shared: Reflection | None, private: Writing | None, last: Visibility) -> Answer:
    """What lies before somebody who opens the question: what she wrote, or nothing, for whom she chose last."""
    if shared:
        return Answer(prompt.id, shared.text, shared.arriving, shared.may_quote, "circle")
    offered = steps(prompt, None)
    seen = last if last in offered else offered[0]
    if private:
        arriving = next(iter(private.answers.get("arriving", ())), "")
        step = chosen(private)
        seen = next((one for one in offered if one == step), private.visibility)
        return Answer(
            prompt.id,
            str(private.answers.get("answer", "")),
            arriving,
            private.draft and private.may_quote,
            seen,
        )
    return Answer(prompt.id, "", seen=seen)


def may_wait(shared: Reflection | None, private: Writing | None) -> bool:
    """Whether what is typed can be kept as a draft: not where it would take the place of an answer."""
    return shared is None and (private is None or private.draft)


def draft(prompt: Prompt, visit: Visit, answer: Answer, before: Writing | None) -> Writing:
    """What is kept of an answer that is not finished: for its author and a week."""
    return Writing(
        id=before.id if before else id_of(prompt.id, visit),
        community=visit.community,
        form="checkin",
        author=visit.member,
        visibility="me",
        answers={**_answers(answer.text, answer.arriving), CHOSEN: (answer.seen,)},
        written_at=visit.now,
        circle=prompt.circle,
        channel=prompt.channel,
        may_quote=answer.may_quote,
        revision=before.revision + 1 if before else 1,
        draft=True,
        occasion=prompt.id,
        goes_on=draft_until(visit.now),
    )


def keep_back(
    prompt: Prompt | None, visit: Visit, answer: Answer, shared: Reflection | None, private: Writing | None
) -> Writing:
    """A check-in that is not for the circle: no voice, in no digest and no memory.

    Raises NothingWritten, TooLong, TakenDownMeanwhile, StillOnItsWay.
    """
    text = clean(answer.text)
    if not text:
        raise NothingWritten
    if len(text) > LONGEST:
        raise TooLong(length=str(len(text)), limit=str(LONGEST))
    if prompt is None:
        raise TakenDownMeanwhile
    if shared and shared.ts is None:
        raise StillOnItsWay
    before = private or shared
    written_at = (
        private.written_at if private and not private.draft else shared.kept_at if shared else visit.now
    )
    return Writing(
        id=before.id if before else id_of(prompt.id, visit),
        community=visit.community,
        form="checkin",
        author=visit.member,
        visibility="conveners" if answer.seen == "conveners" else "me",
        answers=_answers(text, answer.arriving),
        written_at=written_at,
        circle=prompt.circle,
        channel=prompt.channel,
        revision=private.revision + 1 if private else 1,
        occasion=prompt.id,
        goes_on=answers_until(written_at.date(), prompt.answers_months),
    )


def _answers(text: str, arriving: str) -> Answers:
    return {"answer": text} | ({"arriving": (arriving,)} if arriving else {})

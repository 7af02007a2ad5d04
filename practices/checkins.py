"""Who sees a check-in: the circle, under the question, as a voice; or its author alone, or she and the conveners."""

from practices.catalogue.forms.checkin import FORM
from practices.forms import Visibility
from practices.keeping import until
from practices.model import Answer, Prompt, Reflection, Visit, identity
from practices.reflections import LONGEST, clean
from practices.refusals import NothingWritten, StillOnItsWay, TakenDownMeanwhile, TooLong
from practices.writings import Writing

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
    if private:
        arriving = next(iter(private.answers.get("arriving", ())), "")
        return Answer(prompt.id, str(private.answers.get("answer", "")), arriving, False, private.visibility)
    offered = steps(prompt, None)
    return Answer(prompt.id, "", seen=last if last in offered else offered[0])


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
    written_at = private.written_at if private else shared.kept_at if shared else visit.now
    return Writing(
        id=before.id if before else id_of(prompt.id, visit),
        community=visit.community,
        form="checkin",
        author=visit.member,
        visibility="conveners" if answer.seen == "conveners" else "me",
        answers={"answer": text} | ({"arriving": (answer.arriving,)} if answer.arriving else {}),
        written_at=written_at,
        circle=prompt.circle,
        channel=prompt.channel,
        revision=private.revision + 1 if private else 1,
        occasion=prompt.id,
        goes_on=until(FORM.months, written_at.date()),
    )

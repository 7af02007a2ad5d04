"""Every message of a map, drawn by its kind: posted once, and again whenever what it shows has changed."""

from collections.abc import Callable, Mapping

from practices.model import Message, identity
from practices.polarities.whole import Post, Whole
from workspace.pictures import posting
from workspace.pictures.polarities import drawn
from workspace.polarities import gathering, opening, revealing, standing, steps, walking, watching, words
from workspace.polarities.drawing import Drawing

# By the first word of the message's kind.
DRAWN: Mapping[str, Callable[[Whole, Post], Drawing | None]] = {
    "open": opening.opening,
    "walking": walking.at_stop,
    "lines": walking.in_thread,
    "gathering": gathering.gathering,
    "reveal": revealing.reveal,
    "wordings": revealing.wordings,
    "words": words.words,
    "assess": standing.assess,
    "learn": standing.learn,
    "questions": words.questions,
    "steps": steps.steps,
    "watching": watching.watching,
    "look": watching.look,
    "closed": watching.closed,
    "stopped": watching.stopped,
}


def say(found: Whole, post: Post) -> tuple[Message, ...]:
    """The message as it is to stand now; nothing where there is none of this kind."""
    draw = DRAWN.get(post.kind.partition(" ")[0])
    if draw is None or (post.changes and post.ts is None):
        return ()
    drawing = draw(found, post)
    if drawing is None:
        return ()
    message = Message(
        id=identity("polarity", found.polarity.id, post.kind, str(post.changes)),
        community=found.polarity.community,
        purpose="polarity",
        subject=f"{found.polarity.id}/{post.kind}",
        channel=post.channel,
        thread=post.thread,
        kind="update" if post.changes else "post",
        ts=post.ts,
        text=drawing.text,
        blocks=drawing.blocks,
    )
    if drawing.map is None:
        return (message,)
    return (posting.show(message, (drawn(drawing.map),), at=drawing.at, twins=(drawing.twin,)),)

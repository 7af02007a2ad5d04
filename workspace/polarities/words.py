"""A map's pictures in words, in its thread: every line once, and after that what has changed."""

from dataclasses import replace

from practices.polarities.map import Map, Side
from practices.polarities.whole import Post, Whole
from workspace.blocks import section
from workspace.pictures.polarities import twin
from workspace.polarities.drawing import Drawing, both

TOP = 4  # lines in a corner, as on the picture
GONE = "_What stood here has gone, or stands above._"
QUESTIONS = (
    "*Three questions, to talk about here or together*\n"
    "1. What surprises you?\n"
    "2. Who here feels each downside first?\n"
    "3. What would keep both gifts alive this month?"
)


def words(found: Whole, post: Post) -> Drawing | None:
    """One part of them: "words reveal 2" is the second of all the lines, "words look 1" is of the first look."""
    _, of, number = (*post.kind.split(" "), "1")[:3]
    if of == "reveal":
        parts, at = twin(found.map), int(number)
    else:
        shown = found.stood(0) if of == "learn" else found.stood(int(number)) if of == "look" else found.map
        parts, at = twin(_short(shown)), 1
    if at > len(parts) and post.ts is None:
        return None
    there = parts[at - 1] if at <= len(parts) else (section(GONE),)
    return Drawing(f"In words: {both(found.polarity)}", there)


def questions(found: Whole, post: Post) -> Drawing:
    """What a group may ask itself before its map."""
    del post
    return Drawing(f"Three questions: {both(found.polarity)}", (section(QUESTIONS),))


def _short(found: Map) -> Map:
    def side(one: Side) -> Side:
        return replace(one, gifts=one.gifts[:TOP], fears=one.fears[:TOP])

    return replace(found, left=side(found.left), right=side(found.right))

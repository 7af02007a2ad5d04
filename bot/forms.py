"""A community's forms at start: its own file where that is right, else as they were when it last was."""

import asyncio
from pathlib import Path

import structlog

from practices.catalogue.forms import FORMS
from practices.forms import Forms
from practices.own_forms import FormsWrong, read
from store import communities
from store.engine import Database

log = structlog.get_logger()

BUILT_IN = Forms(FORMS)


async def forms_of(file: str, db: Database, community: str) -> Forms:
    """The forms to work with. A file that cannot be used is told in the log, and stops nothing. Raises NotKept."""
    if not file:
        return BUILT_IN
    try:
        text = await asyncio.to_thread(text_of, file)
        forms = read(text, FORMS)
    except FormsWrong as wrong:
        for sentence in wrong.sentences:
            log.error("forms.wrong", where=file, reason=sentence)
        return await _last(db, community)
    await db.write(communities.keep_forms, community, text)
    return forms


def text_of(file: str) -> str:
    """What the file says. Raises FormsWrong."""
    try:
        return Path(file).read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise FormsWrong(["The file is not in UTF-8: please save it as plain text in UTF-8."]) from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "its name is not right"
        raise FormsWrong([f"The file cannot be read ({why})."]) from None


async def _last(db: Database, community: str) -> Forms:
    """As they were when they were last right; the built-in ones where they never were."""
    try:
        return read(await db.read(communities.forms, community), FORMS)
    except FormsWrong:  # it was right for an earlier version of the program
        return BUILT_IN

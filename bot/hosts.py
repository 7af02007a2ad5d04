"""What a command of the host needs before it begins: a database that is there, and one community."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from re import ASCII, fullmatch

from bot.declining import ForTheHost
from store import communities
from store.address import address
from store.engine import Database, NotKept
from store.migrate import standing
from store.sealing import Keyring

NO_KEYS = Keyring()
MIGRATE = "Run `togetherness migrate` first."

# What an engine says, and what a host can do about it.
SAID = {
    "locked": "something else is writing to it and does not stop. Wait a moment and run the command again.",
    "full": "the disk, or the room it may take, is full. Make room and run the command again.",
    "readonly": "it cannot be written to. Check who owns the file and its folder.",
    "read-only": "it cannot be written to. Check who owns the file and its folder.",
    "unable to open": "the file cannot be opened. Check who owns the file and its folder.",
    "not a database": "the file is no database. Check DATABASE_URL.",
    "is not there any more": "its file was moved, deleted or replaced. Put it back and run the command again.",
    "malformed": "the file is damaged. Please restore a backup.",
    "no such table": f"it is not at this version of the program. {MIGRATE}",
}


class NotReady(ForTheHost):
    """A command cannot begin; the message is a sentence for the host."""


def sentence(refusal: NotKept) -> str:
    """What a host reads when the database refuses."""
    cause: BaseException | None = refusal.__cause__
    while cause is not None:
        said = str(getattr(cause, "orig", cause))
        for word, advice in SAID.items():
            if word in said:
                return f"The database cannot be used: {advice}"
        cause = cause.__cause__
    return f"The database cannot be used just now ({refusal}). Check DATABASE_URL, the disk and who may write there."


@asynccontextmanager
async def opened(url: str, keys: Keyring = NO_KEYS) -> AsyncIterator[Database]:
    """An open database at the code's version, in no hurry. Raises UnknownDatabase, NotReady, NotKept."""
    _there(url)
    db = Database(url, hurry=False, keys=keys)
    try:
        before, head = await db.read(standing)
        if before != head:
            raise NotReady(f"The database is at {before or 'nothing'}, the program needs {head}. {MIGRATE}")
        yield db
    finally:
        await db.close()


def _there(url: str) -> None:
    """SQLite would make an empty file where there is none."""
    at = address(url)
    if at.get_backend_name() == "sqlite" and not Path(at.database or "").is_file():
        raise NotReady(f"There is no database at {at.database} yet. {MIGRATE}")


async def community_of(db: Database, named: str) -> str:
    """The community a command is about: the only one, or the one that is named. Raises NotReady."""
    known = await db.read(communities.known)
    if named in known:
        return named
    if not named and len(known) == 1:
        return next(iter(known))
    listed = ", ".join(f"{its_id} ({name})" for its_id, name in known.items())
    if known and named:
        raise NotReady(f"No community {named} is known here, only {listed}.")
    if known:
        raise NotReady(f"Several communities are known here: {listed}. Say which with --community.")
    raise NotReady("No community is known here yet: `togetherness run` learns yours from Slack.")


async def first_community(db: Database, named: str, keep: bool) -> str:
    """The community a command is about. Where none is known yet it may be named before the bot first runs, which
    then learns its real name. Raises NotReady."""
    if await db.read(communities.known):
        return await community_of(db, named)
    if not named:
        raise NotReady(
            "No community is known here yet. Start the bot once (`togetherness run`), or name your workspace: "
            "--community T... (the part with T in the address of Slack in a browser, app.slack.com/client/T...)."
        )
    if not fullmatch(r"[TE][A-Z0-9]{2,40}", named, ASCII):
        raise NotReady(f"{named} is no workspace's id: those begin with T (or E), such as T0123ABCD.")
    if keep:
        await db.write(communities.join, named, named, "", "")
    return named

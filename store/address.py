"""What DATABASE_URL says, and the sentence a host reads when no database is to be had there."""

from pathlib import Path

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import SQLAlchemyError

WHERE = "Set it in the environment or in the file .env."
EXPECTED = (
    "DATABASE_URL should look like sqlite+aiosqlite:///togetherness.db or "
    f"postgresql+asyncpg://user:password@host/database. {WHERE}"
)
SSL = ("disable", "allow", "prefer", "require", "verify-ca", "verify-full")

# What a server answers (SQLSTATE) to an address that is not right.
UNFIT = {
    "28P01": 'does not accept the user "{user}" with this password',
    "28000": 'does not let the user "{user}" in',
    "3D000": 'has no database "{database}": make it first, for example by createdb',
}


class UnknownDatabase(ValueError):
    """DATABASE_URL is not a database we can open; the message is one line for the host, without the password."""


def address(url: str) -> URL:
    """What SQLAlchemy opens for a DATABASE_URL, its driver chosen. Raises UnknownDatabase."""
    try:
        parsed = make_url(url)
    except (SQLAlchemyError, ValueError):
        raise UnknownDatabase(EXPECTED) from None
    kind = parsed.get_backend_name()
    if not parsed.database or kind not in ("sqlite", "postgresql", "postgres"):
        raise UnknownDatabase(EXPECTED)
    return _file(parsed) if kind == "sqlite" else _server(parsed)


def trouble(at: URL, error: BaseException) -> UnknownDatabase | None:
    """What is wrong with an address at which `error` came up; None if the address is not to blame."""
    if at.get_backend_name() == "sqlite":
        return None
    server = f"DATABASE_URL names the server {_named(at)}, which"
    if isinstance(error, OSError):
        return UnknownDatabase(f"{server} does not answer ({type(error).__name__}). Is it running? {WHERE}")
    answer = UNFIT.get(getattr(getattr(error, "orig", None), "sqlstate", None) or "")
    if answer is None:
        return None
    return UnknownDatabase(f"{server} {answer.format(user=at.username or '', database=at.database)}. {WHERE}")


def _file(parsed: URL) -> URL:
    if ":memory:" in (parsed.database or "") or "mode" in parsed.query:
        raise UnknownDatabase(
            f"DATABASE_URL names a database in memory, which would forget everything: name a file. {EXPECTED}"
        )
    if parsed.query:
        raise UnknownDatabase(
            f"DATABASE_URL ends in options ({', '.join(parsed.query)}), which a file has none of. {WHERE}"
        )
    folder = Path(parsed.database or "").parent
    if not folder.is_dir():
        raise UnknownDatabase(f"DATABASE_URL names the folder {folder}, which does not exist: make it first.")
    return parsed.set(drivername="sqlite+pysqlite")


def _server(parsed: URL) -> URL:
    if "@" in (parsed.host or ""):
        raise UnknownDatabase(f"DATABASE_URL: write an @ in the user or the password as %40. {WHERE}")
    if parsed.port is not None and not 0 < parsed.port < 65536:
        raise UnknownDatabase(f"DATABASE_URL names a port that is none: 1 to 65535. {WHERE}")
    options = dict(parsed.query)
    if "sslmode" in options:  # as other programs call it
        options["ssl"] = options.pop("sslmode")
    for name, value in options.items():
        if name not in ("host", "ssl") or (name == "ssl" and value not in SSL):
            raise UnknownDatabase(
                f"DATABASE_URL ends in the option {name}, which we do not take so: host (the folder of a socket) "
                f"or ssl ({', '.join(SSL)}). {WHERE}"
            )
    return parsed.set(drivername="postgresql+asyncpg", query=options)


def _named(at: URL) -> str:
    host = at.host or at.query.get("host") or "on this machine"
    return f"{host}:{at.port}" if at.port else str(host)

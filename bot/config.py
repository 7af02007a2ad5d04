"""Settings, read once; each error names the setting, what is expected, and where to set it."""

from collections.abc import Iterator
from contextlib import contextmanager
from difflib import get_close_matches
from os import environ
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from dotenv import dotenv_values
from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.declining import ForTheHost
from store.sealing import Keyring, keyring

PREFIX = "TOGETHERNESS_"
ENV_FILE, ENCODING = ".env", "utf-8-sig"  # some editors put a mark before the first letter
WHERE = "Set it in the environment or in the file .env (see .env.example)."
LOOPBACK = ("127.0.0.1", "localhost", "::1")


class SettingsWrong(ForTheHost):
    """A setting is missing or wrong; the message is one line for the host."""


class Config(BaseSettings):
    """Everything a host can set. Secrets are never shown."""

    model_config = SettingsConfigDict(
        env_file=ENV_FILE,
        env_file_encoding=ENCODING,
        str_strip_whitespace=True,
        extra="ignore",
        use_attribute_docstrings=True,
        frozen=True,
        populate_by_name=True,
        hide_input_in_errors=True,
    )

    database_url: str = Field(
        default="sqlite+aiosqlite:///togetherness.db", validation_alias="DATABASE_URL", repr=False
    )
    """Where everything is kept: `sqlite+aiosqlite:///` and a path, or `postgresql+asyncpg://user:password@host/name`."""

    bot_token: str = Field(validation_alias="SLACK_BOT_TOKEN", repr=False, pattern=r"^xoxb-\S+$")
    """The bot's token, which begins with xoxb-: your app's page, under OAuth & Permissions."""

    app_token: str = Field(
        default="", validation_alias="SLACK_APP_TOKEN", repr=False, pattern=r"^(xapp-\S+)?$"
    )
    """The app-level token for Socket Mode, which begins with xapp-: your app's page, under Basic Information."""

    signing_secret: str = Field(default="", validation_alias="SLACK_SIGNING_SECRET", repr=False)
    """The signing secret, needed without Socket Mode: your app's page, under Basic Information."""

    api_url: str = Field(
        default="https://slack.com/api/", validation_alias="SLACK_API_URL", pattern=r"^https?://[^/\s]\S*$"
    )
    """The address of Slack's Web API, which begins with https://; http:// is for the playground only."""

    keys: str = Field(default="", validation_alias=f"{PREFIX}KEYS", repr=False)
    """What locks the words people write for few: `togetherness keys new` makes one. Several: newest first."""

    forms: str = Field(default="", validation_alias=f"{PREFIX}FORMS")
    """A TOML file with your community's own reflection forms: docs/how-to/make-a-form.md. Read at start."""

    http_host: str = Field(default="127.0.0.1", validation_alias=f"{PREFIX}HTTP_HOST", pattern=r"^\S+$")
    """Where HTTP mode listens: an address of this machine; 0.0.0.0 is all of them, for the world outside to reach."""

    http_port: int = Field(default=3000, validation_alias=f"{PREFIX}HTTP_PORT", ge=1, le=65535)
    """The port of HTTP mode: a number from 1 to 65535."""

    command_word: str = Field(
        default="together", validation_alias=f"{PREFIX}COMMAND_WORD", pattern=r"^[a-z0-9][a-z0-9_-]{0,30}$"
    )
    """The word of the slash command, without the slash: small letters, digits, - and _, at most 31 of them."""

    send_timeout: float = Field(default=10.0, validation_alias=f"{PREFIX}SEND_TIMEOUT", ge=0.05, le=60)
    """How long to wait for Slack's answer: 0.05 to 60 seconds; an unclear one is looked into after 4.5 times that."""

    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", validation_alias=f"{PREFIX}LOG_LEVEL"
    )
    """How much is logged: debug, info, warning or error. Never anybody's words."""

    log_format: Literal["text", "json"] = Field(default="text", validation_alias=f"{PREFIX}LOG_FORMAT")
    """How it is logged: text or json."""

    clock_url: str = Field(default="", validation_alias=f"{PREFIX}CLOCK_URL")
    """A playground's clock to follow, on this machine only, such as http://127.0.0.1:8765/_/clock."""

    @field_validator("log_level", "log_format", mode="before")
    @classmethod
    def _in_any_case(cls, word: object) -> object:
        return word.strip().lower() if isinstance(word, str) else word

    @field_validator("keys")
    @classmethod
    def _whole(cls, text: str) -> str:
        keyring(text)
        return text

    @field_validator("clock_url")
    @classmethod
    def _loopback(cls, url: str) -> str:
        if url and urlsplit(url).hostname not in LOOPBACK:
            raise ValueError("not on this machine")
        return url.rstrip("/")


def settings(**given: Any) -> Config:
    """Read the settings; what is given counts more. Raises SettingsWrong."""
    _unknown_ones()
    try:
        config = Config(**given)
    except ValidationError as error:
        raise SettingsWrong(_sentence(error)) from None
    if not config.app_token and not config.signing_secret:
        raise SettingsWrong(
            f"SLACK_APP_TOKEN is missing (or SLACK_SIGNING_SECRET, for HTTP mode). {about('app_token')} {WHERE}"
        )
    if not config.keys:
        raise SettingsWrong(
            f"{PREFIX}KEYS is missing. What people write for themselves is kept locked: `togetherness keys new` makes "
            f"a key and says where to write it."
        )
    return config


def database_url() -> str:
    """The only setting that looking after the database needs. Raises SettingsWrong."""
    _unknown_ones()
    return _one("database_url")


def command_word() -> str:
    """The word of the slash command alone. Raises SettingsWrong."""
    _unknown_ones()
    return _one("command_word")


def host_keys() -> Keyring:
    """The host's keys alone, for a command that looks after them. Raises SettingsWrong."""
    _unknown_ones()
    try:
        return keyring(_one("keys"))
    except ValueError as error:
        raise SettingsWrong(f"{PREFIX}KEYS is not right: {error}. {WHERE}") from None


def _one(field: str) -> str:
    """One setting, wherever it is written."""
    name = str(Config.model_fields[field].validation_alias)
    return str(environ.get(name) or _written().get(name) or Config.model_fields[field].default)


def documented() -> dict[str, tuple[str, Any]]:
    """Every setting by its name in the environment, with its sentence and its default."""
    return {
        str(field.validation_alias): (about(name), field.get_default())
        for name, field in Config.model_fields.items()
    }


@contextmanager
def hidden() -> Iterator[None]:
    """Slack's settings are out of the environment meanwhile. Bolt takes from there what nobody gave it, and with
    SLACK_CLIENT_ID and SLACK_CLIENT_SECRET begins to install itself."""
    taken = {name: environ.pop(name) for name in list(environ) if name.startswith("SLACK_")}
    try:
        yield
    finally:
        environ.update(taken)


def about(name: str) -> str:
    """What a field of the settings is."""
    return Config.model_fields[name].description or ""


def _unknown_ones() -> None:
    known = [str(field.validation_alias) for field in Config.model_fields.values()]
    for name in (*environ, *_written()):
        if name.startswith(PREFIX) and name not in known:
            near = get_close_matches(name, known, n=1, cutoff=0.0)[0]
            raise SettingsWrong(f"{name} is no setting we know. Did you mean {near}?")


def _written() -> dict[str, str | None]:
    """What the file .env says, if there is one. Raises SettingsWrong."""
    if not Path(ENV_FILE).is_file():
        return {}
    try:
        return dotenv_values(ENV_FILE, encoding=ENCODING)
    except UnicodeDecodeError:
        raise SettingsWrong("The file .env is not in UTF-8: please save it as plain text in UTF-8.") from None
    except OSError as error:
        raise SettingsWrong(f"The file .env cannot be read ({error.strerror}): check who owns it.") from None


def _sentence(error: ValidationError) -> str:
    first = error.errors(include_input=False)[0]
    alias = str(first["loc"][0])
    name = next(
        (name for name, field in Config.model_fields.items() if alias in (name, field.validation_alias)),
        alias,
    )
    is_ = "is missing" if first["type"] == "missing" else "is not right"
    return f"{Config.model_fields[name].validation_alias} {is_}. {about(name)} {WHERE}"

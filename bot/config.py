"""Settings, read once; each error names the setting, what is expected, and where to set it."""

from difflib import get_close_matches
from os import environ
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from dotenv import dotenv_values
from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

PREFIX = "TOGETHERNESS_"
WHERE = "Set it in the environment or in the file .env (see .env.example)."
LOOPBACK = ("127.0.0.1", "localhost", "::1")


class SettingsWrong(Exception):
    """A setting is missing or wrong; the message is one line for the host."""


class Config(BaseSettings):
    """Everything a host can set. Secrets are never shown."""

    model_config = SettingsConfigDict(
        env_file=".env",
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

    bot_token: str = Field(validation_alias="SLACK_BOT_TOKEN", repr=False, pattern="^xoxb-")
    """The bot's token, which begins with xoxb-: your app's page, under OAuth & Permissions."""

    app_token: str = Field(default="", validation_alias="SLACK_APP_TOKEN", repr=False, pattern="^(xapp-.*)?$")
    """The app-level token for Socket Mode, which begins with xapp-: your app's page, under Basic Information."""

    signing_secret: str = Field(default="", validation_alias="SLACK_SIGNING_SECRET", repr=False)
    """The signing secret, needed without Socket Mode: your app's page, under Basic Information."""

    api_url: str = Field(
        default="https://slack.com/api/", validation_alias="SLACK_API_URL", pattern="^https?://"
    )
    """Slack's Web API; another address only for the playground."""

    http_host: str = Field(default="127.0.0.1", validation_alias=f"{PREFIX}HTTP_HOST")
    """Where HTTP mode listens; beyond this machine only if you say so."""

    http_port: int = Field(default=3000, validation_alias=f"{PREFIX}HTTP_PORT", ge=1, le=65535)
    """The port of HTTP mode."""

    command_word: str = Field(
        default="together", validation_alias=f"{PREFIX}COMMAND_WORD", pattern=r"^[a-z0-9][a-z0-9_-]{0,30}$"
    )
    """The word of the slash command, without the slash."""

    send_timeout: float = Field(default=10.0, validation_alias=f"{PREFIX}SEND_TIMEOUT", ge=0.05, le=60)
    """How long to wait for Slack's answer, in seconds; an unclear answer is looked into after 4.5 times that."""

    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", validation_alias=f"{PREFIX}LOG_LEVEL"
    )
    """How much is logged: debug, info, warning or error. Never anybody's words."""

    log_format: Literal["text", "json"] = Field(default="text", validation_alias=f"{PREFIX}LOG_FORMAT")
    """How it is logged: text or json."""

    clock_url: str = Field(default="", validation_alias=f"{PREFIX}CLOCK_URL")
    """A playground's clock to follow, on this machine only."""

    @field_validator("clock_url")
    @classmethod
    def _loopback(cls, url: str) -> str:
        if url and urlsplit(url).hostname not in LOOPBACK:
            raise ValueError("an address on this machine, such as http://127.0.0.1:8765/_/clock")
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
            f"SLACK_APP_TOKEN is missing (or SLACK_SIGNING_SECRET, for HTTP mode). {_about('app_token')} {WHERE}"
        )
    return config


def database_url() -> str:
    """The only setting that looking after the database needs."""
    _unknown_ones()
    return (
        environ.get("DATABASE_URL")
        or dotenv_values(".env").get("DATABASE_URL")
        or Config.model_fields["database_url"].default
    )


def documented() -> dict[str, tuple[str, Any]]:
    """Every setting by its name in the environment, with its sentence and its default."""
    return {
        str(field.validation_alias): (_about(name), field.get_default())
        for name, field in Config.model_fields.items()
    }


def _about(name: str) -> str:
    return Config.model_fields[name].description or ""


def _unknown_ones() -> None:
    known = [str(field.validation_alias) for field in Config.model_fields.values()]
    written = dotenv_values(".env") if Path(".env").is_file() else {}
    for name in (*environ, *written):
        if name.startswith(PREFIX) and name not in known:
            near = get_close_matches(name, known, n=1, cutoff=0.0)[0]
            raise SettingsWrong(f"{name} is no setting we know. Did you mean {near}?")


def _sentence(error: ValidationError) -> str:
    first = error.errors(include_input=False)[0]
    alias = str(first["loc"][0])
    name = next(
        (name for name, field in Config.model_fields.items() if alias in (name, field.validation_alias)),
        alias,
    )
    is_ = "is missing" if first["type"] == "missing" else "is not right"
    return f"{Config.model_fields[name].validation_alias} {is_}. {_about(name)} {WHERE}"

"""No table is forgotten when a member is: each says what becomes of it, and names the columns that hold her."""

import re

from sqlalchemy import JSON, String

from store.privacy import FATES
from store.schema import metadata

# Columns that never hold a member or what she said, by their name alone: which row, of what, of which kind.
NEUTRAL = {
    "community_id", "id", "circle_id", "prompt_id", "pulse_id", "channel", "key", "occasion", "batch", "retells", "ts",
    "thread", "digest_ts", "kind", "state", "reason", "form", "visibility", "practice", "via", "revision", "seed",
    "step", "every", "rhythm", "themes", "sectors", "memory", "forms", "zone", "theme", "depth", "sums", "arriving",
    "reactions", "owner", "wrapped", "url", "invitation_id", "decision", "match_id", "note_ts", "round_id", "shared_ts",
    "post", "sha", "file", "writing_id",
    "polarity_id", "ask_id", "wicked_id", "lines_ts",
    "away",
}  # fmt: skip
# The same, where the name alone would not tell.
OURS = {
    "channel.name", "circle.name", "circle.purpose", "circle.turn_to", "circle.longer", "community.bot_member",
    "community.name", "outbox.purpose",
    "match_group.question", "match_setting.at", "match_setting.spacing", "prompt.text",
}  # fmt: skip
PEOPLE = re.compile(
    r"(^|_)(member|author|by|who|whom|convener|partner|person|people|voice|asked|invited|mark)($|_)"
)


def test_every_table_says_what_becomes_of_it_when_a_member_is_forgotten() -> None:
    untold = sorted(set(metadata.tables) - set(FATES))
    strange = sorted(set(FATES) - set(metadata.tables))

    assert not untold, f"declare what becomes of them in store/privacy/fates.py: {untold}"
    assert not strange, f"there are no such tables: {strange}"


def test_every_column_that_may_hold_a_member_or_her_words_is_named_there() -> None:
    untold = [
        f"{table.name}.{column.name}"
        for table in metadata.tables.values()
        for column in table.c
        if isinstance(column.type, String | JSON)
        and column.name not in FATES[table.name].columns
        and (column.name not in NEUTRAL or PEOPLE.search(column.name))
        and f"{table.name}.{column.name}" not in OURS
    ]

    assert not untold, (
        f"name them in their table's fate, or, if they hold nothing of a member, as neutral: {untold}"
    )


def test_what_a_fate_names_is_there_and_it_says_why_in_a_sentence() -> None:
    for name, fate in FATES.items():
        assert set(fate.columns) <= set(metadata.tables[name].c.keys()), name
        assert fate.told.endswith("."), name
        assert (fate.what == "nothing of hers") == (not fate.columns), name

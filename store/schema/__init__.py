"""Every table, each noun's in a file of its own. Times are UTC; every row says which community it belongs to."""

from store.schema.archive import (
    buried,
    channel,
    erasure,
    kept_thread,
    left_out,
    message,
    never_keep,
    presence,
    voice,
)
from store.schema.circles import circle, community, convener, member
from store.schema.cohorts import application, invitation
from store.schema.learning import learning, learning_rhythm
from store.schema.matches import (
    match_apart,
    match_group,
    match_person,
    match_profile,
    match_round,
    match_said,
    match_setting,
)
from store.schema.outbox import gone, outbox, seen
from store.schema.pictures import picture
from store.schema.pieces import metadata
from store.schema.privacy import forgetting, forgotten
from store.schema.prompts import occurrence, prompt, reflection
from store.schema.writings import (
    batch,
    member_key,
    participation,
    pulse,
    pulse_answer,
    pulse_mark,
    sealed,
    writing,
)

__all__ = [
    "application",
    "batch",
    "buried",
    "channel",
    "circle",
    "community",
    "convener",
    "erasure",
    "forgetting",
    "forgotten",
    "gone",
    "invitation",
    "kept_thread",
    "learning",
    "learning_rhythm",
    "left_out",
    "match_apart",
    "match_group",
    "match_person",
    "match_profile",
    "match_round",
    "match_said",
    "match_setting",
    "member",
    "member_key",
    "message",
    "metadata",
    "never_keep",
    "occurrence",
    "outbox",
    "participation",
    "picture",
    "presence",
    "prompt",
    "pulse",
    "pulse_answer",
    "pulse_mark",
    "reflection",
    "sealed",
    "seen",
    "voice",
    "writing",
]

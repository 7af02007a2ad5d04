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
from store.schema.away import away
from store.schema.circles import circle, community, convener, member
from store.schema.cohorts import application, invitation
from store.schema.lasting import keep_ask
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
from store.schema.nudges import nudge, nudge_wish
from store.schema.outbox import gone, outbox, seen
from store.schema.pictures import picture
from store.schema.pieces import metadata
from store.schema.polarities import (
    polarity,
    polarity_dot,
    polarity_holder,
    polarity_line,
    polarity_look,
    polarity_person,
    polarity_place,
    polarity_post,
    polarity_sign,
    polarity_stand,
    polarity_standing,
    polarity_step,
    polarity_walk,
    polarity_wording,
    polarity_wording_dot,
)
from store.schema.privacy import forgetting, forgotten
from store.schema.prompts import occurrence, own_question, planned_day, prompt, reflection, weather
from store.schema.weave import weave
from store.schema.welcomes import welcomed
from store.schema.wicked import wicked, wicked_dot, wicked_line
from store.schema.writings import (
    batch,
    member_key,
    naming,
    participation,
    pulse,
    pulse_answer,
    pulse_mark,
    reveal,
    sealed,
    writing,
)

__all__ = [
    "application",
    "away",
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
    "keep_ask",
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
    "naming",
    "never_keep",
    "nudge",
    "nudge_wish",
    "occurrence",
    "outbox",
    "own_question",
    "participation",
    "picture",
    "planned_day",
    "polarity",
    "polarity_dot",
    "polarity_holder",
    "polarity_line",
    "polarity_look",
    "polarity_person",
    "polarity_place",
    "polarity_post",
    "polarity_sign",
    "polarity_stand",
    "polarity_standing",
    "polarity_step",
    "polarity_walk",
    "polarity_wording",
    "polarity_wording_dot",
    "presence",
    "prompt",
    "pulse",
    "pulse_answer",
    "pulse_mark",
    "reflection",
    "reveal",
    "sealed",
    "seen",
    "voice",
    "weather",
    "weave",
    "welcomed",
    "wicked",
    "wicked_dot",
    "wicked_line",
    "writing",
]

"""Every table, and what becomes of it when a member is forgotten: whoever adds a table says it here."""

from typing import Literal, NamedTuple

What = Literal["goes", "is emptied", "stays", "nothing of hers"]


class Fate(NamedTuple):
    """What becomes of a table's rows, in a sentence; and the columns that name a member, or hold words of hers."""

    what: What
    told: str
    columns: tuple[str, ...] = ()


NOTHING = "Nothing in it names a member or holds her words."

FATES: dict[str, Fate] = {
    # The community
    "community": Fate("nothing of hers", "The workspace, and the bot's own id in it."),
    "member": Fate("goes", "Her name and time zone.", ("id", "name")),
    "circle": Fate("nothing of hers", "A circle's name, purpose and rhythm are the circle's."),
    "convener": Fate(
        "goes", "Her posts as a convener; who convenes with her, or the channel, is told.", ("member_id",)
    ),
    "invitation": Fate(
        "stays",
        "What a circle's conveners invite to, and the words that go with its answers, are the circle's.",
        ("body", "words"),
    ),
    "weave": Fate("nothing of hers", "Where the picture of which sectors have met stands; no names."),
    "application": Fate(
        "goes",
        "What she wrote to join a circle, and what a convener wrote to her about it.",
        ("member", "body", "words"),
    ),
    # Questions and answers
    "occurrence": Fate("nothing of hers", NOTHING),
    "prompt": Fate("nothing of hers", "The questions asked, which are the circle's."),
    "reflection": Fate(
        "goes", "Her answers to questions, their cards in Slack, and what digests quote.", ("member", "text")
    ),
    "weather": Fate(
        "stays",
        "Sums of how people arrived, five people or more behind each: nobody can find whose.",
        ("groups",),
    ),
    "gone": Fate("nothing of hers", "That something was deleted at a place in Slack; no words, no name."),
    "own_question": Fate(
        "goes",
        "Questions she proposed or wrote; one that was asked stays the circle's, without her name.",
        ("member", "text"),
    ),
    "planned_day": Fate("nothing of hers", NOTHING),
    "nudge_wish": Fate("goes", "How often she wants to be reminded of a question.", ("member", "pace")),
    "nudge": Fate("goes", "That she is to be reminded of a question, or needs no reminder.", ("member",)),
    "welcomed": Fate("goes", "That she was welcomed to a circle.", ("member",)),
    "away": Fate("goes", "That she is away, and until when.", ("member",)),
    # What she wrote in forms
    "writing": Fate(
        "goes",
        "What she wrote in forms, drafts and lines without a name included, with all of it that stands in Slack.",
        ("author", "mark", "body", "down"),
    ),
    "naming": Fate(
        "goes",
        "That she was asked whether others may name her, and what she said; where she was named, she is no more.",
        ("member", "said"),
    ),
    "member_key": Fate(
        "goes", "The key that locks her words; copies of the database made before have it still.", ("member",)
    ),
    "reveal": Fate("nothing of hers", "When words about a gathering are shown together; no names, no words."),
    "batch": Fate(
        "nothing of hers", "Which lines without a name are shown together; lines that go leave it."
    ),
    "sealed": Fate(
        "stays", "Sealed answers: nobody can find whose they are. A receipt takes one back.", ("body",)
    ),
    "participation": Fate("goes", "That she has sealed an answer about something.", ("member",)),
    "pulse": Fate(
        "stays",
        "Sums of five people or more, with what some of them wrote, mixed: nobody can find whose.",
        ("words",),
    ),
    "pulse_mark": Fate("goes", "That she has answered a pulse which is still open.", ("member",)),
    "pulse_answer": Fate("stays", "What was answered: nobody can find whose it is.", ("body",)),
    "learning_rhythm": Fate("nothing of hers", NOTHING),
    "learning": Fate(
        "stays",
        "Learning digests are the circle's, with no name on them; what they quote of her goes.",
        ("note", "text", "left_out"),
    ),
    # Match rounds
    "match_setting": Fate("nothing of hers", "How often a circle is matched, and how."),
    "match_profile": Fate(
        "goes",
        "That she takes part in match rounds, and what her matches are told of her.",
        ("member", "sector", "body", "times", "pace"),
    ),
    "match_apart": Fate(
        "goes",
        "With whom she asked not to be matched. What others asked about her is theirs, and stays: it keeps them apart.",
        ("wished_by", "one", "other"),
    ),
    "match_round": Fate(
        "is emptied",
        "What rounds were drawn from that names her: they cannot be drawn again any more. Their numbers stay.",
        ("body",),
    ),
    "match_said": Fate("goes", "That she was in a round, or left it out.", ("member", "said")),
    "match_group": Fate("nothing of hers", "That a conversation was opened, and which sectors met in it."),
    "match_person": Fate(
        "goes",
        "That it was she who was in a conversation, what she said of it, and her words to others about it.",
        ("member", "sector", "outcome", "note"),
    ),
    # Both/and maps
    "polarity": Fate(
        "stays",
        "A map's poles and question are the circle's; a draft that only she held goes.",
        ("left_pole", "right_pole", "question", "purpose", "fear", "why", "first", "pace", "weeks"),
    ),
    "polarity_place": Fate("nothing of hers", NOTHING),
    "polarity_holder": Fate(
        "goes",
        "That she held a map; whoever holds it with her, or convenes the circle, goes on.",
        ("member",),
    ),
    "polarity_person": Fate("goes", "Into which maps she stepped.", ("person",)),
    "polarity_walk": Fate("goes", "At which stops of a map she wrote.", ("person", "corner")),
    "polarity_line": Fate(
        "goes",
        "Her lines in maps, those without her name included, and what stands of them in Slack.",
        ("author", "body", "corner", "under"),
    ),
    "polarity_dot": Fate(
        "goes", "Her dots; maps that are still made count without them.", ("person", "line_id")
    ),
    "polarity_wording": Fate(
        "goes",
        "Her wordings of a map's purpose or fear, while they are gathered.",
        ("author", "body", "what"),
    ),
    "polarity_wording_dot": Fate("goes", "Her dots on wordings.", ("person", "what", "wording_id")),
    "polarity_stand": Fate(
        "goes", "Where she said a group is, while a round is open.", ("person", "place", "seen")
    ),
    "polarity_standing": Fate("stays", "Sums of five people or more: nobody can find whose.", ("corners",)),
    "polarity_step": Fate(
        "is emptied",
        "A group's small steps stay; that one was hers to take goes.",
        ("owner_member", "words", "pole"),
    ),
    "polarity_sign": Fate("stays", "A group's early signs, with no name on them.", ("words", "pole")),
    "polarity_look": Fate("goes", "Which signs she has seen.", ("person", "seen", "sign_id")),
    "polarity_post": Fate("nothing of hers", "Which messages of a map stand where."),
    "wicked": Fate("is emptied", "That it was she who began a wicked question.", ("begun_by",)),
    "wicked_line": Fate(
        "goes", "Her lines in wicked questions, found by her key where they have no name.", ("body", "author")
    ),
    "wicked_dot": Fate("goes", "Her dots on such lines.", ("person", "line_id")),
    # The memory
    "channel": Fate("nothing of hers", NOTHING),
    "presence": Fate(
        "stays", "Which channels she is in, as Slack itself tells it, while she is in them.", ("member",)
    ),
    "voice": Fate("goes", "That it was she who said something.", ("member", "name")),
    "message": Fate(
        "is emptied", "Her words in kept threads: their places stay, empty.", ("text", "terms", "files")
    ),
    "kept_thread": Fate("is emptied", "That it was she who kept a thread.", ("kept_by", "title")),
    "keep_ask": Fate(
        "nothing of hers", "That conveners were asked about what goes before long; no names, no words."
    ),
    "left_out": Fate(
        "goes", "Whose words stay out of a thread; what was said before stays out anyway.", ("member",)
    ),
    "never_keep": Fate(
        "stays", "Only where she asks that nothing of hers is kept from then on either.", ("member",)
    ),
    "buried": Fate("nothing of hers", "That something was deleted at a place in Slack; no words, no name."),
    "erasure": Fate("nothing of hers", NOTHING),
    # Deliveries
    "outbox": Fate(
        "goes",
        "What was to be said to her, and the log of what was; what the bot wrote to her alone in those thirty days is "
        "deleted in Slack.",
        ("member", "subject", "text", "blocks"),
    ),
    "picture": Fate(
        "stays",
        "What a channel was shown: sums, and lines that no name stands on. One that is replaced is deleted in Slack.",
        ("name", "title", "alt", "svg"),
    ),
    "seen": Fate("nothing of hers", "Numbers of deliveries, for two days."),
    # Forgetting itself
    "forgotten": Fate(
        "stays", "A mark made of her Slack id, so that nothing from before comes back.", ("mark",)
    ),
    "forgetting": Fate("goes", "That she is being forgotten just now.", ("member", "words")),
}

"""A community told twice: to the store, and to plain Python that looks at everything, every time."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from math import log2

from sqlalchemy import Connection

from practices.archive import Channel, Kind, Utterance, Viewer, micros, readable, stamp
from practices.model import Member, Visit
from practices.recall import Query
from practices.words import folded, stems
from store import archive, channels, communities

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
BEGAN = 1_650_000_000  # April 2022
WORDS = [
    "share",
    "sharing",
    "shared",
    "shares",
    "ripple",
    "ripples",
    "rippling",
    "community",
    "communities",
    "communities'",
    "weather",
    "bridge",
    "bridges",
    "hospital",
    "hospitals",
    "charity",
    "charities",
    "volunteer",
    "volunteers",
    "volunteering",
    "council",
    "councillor",
    "meeting",
    "met",
    "meet",
    "the",
    "and",
    "of",
    "to",
    "a",
    "I",
    "we",
    "résumé",
    "resume",
    "O'Brien",
    "e-mail",
    "naïve",
    "日本",
    "straße",
    "don’t",
    ":wave:",
    "über",
    "café",
    "cafes",
    "2026",
    "3pm",
    "use",
    "us",
]
DAYS = ["2022", "2023", "2024", "2025", "march", "2022-07", "yesterday"]
PEOPLE = [f"U{number}" for number in range(9)]
NAMES = ["Asha Patel", "Bronwen Rees", "Carlos Díaz", "Dee", "Ed Stone", "Femi Ade", "Gail", "Hari", "Ines"]
PLACES = [f"C{number}" for number in range(8)]

Key = tuple[str, str]  # channel, ts


@dataclass
class World:
    """One community, and what its history came to."""

    community: str
    seed: int
    members: dict[str, Member] = field(default_factory=dict)
    places: dict[str, Channel] = field(default_factory=dict)
    inside: dict[str, set[str]] = field(default_factory=dict)
    said: dict[Key, Utterance] = field(default_factory=dict)
    silent: set[Key] = field(default_factory=set)  # their words are left out
    buried: set[Key] = field(default_factory=set)
    never: set[str] = field(default_factory=set)
    outs: set[tuple[str, str, str]] = field(default_factory=set)  # channel, thread, member
    clock: int = BEGAN
    visits: int = 0

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)

    # What happens

    def begin(self, connection: Connection) -> None:
        """People, channels, and first words."""
        for id_, name in zip(PEOPLE, NAMES, strict=True):
            self.member(connection, Member(id_, name, guest=id_ in ("U6", "U7")))
        kinds: list[Kind] = ["public", "public", "private", "private", "public", "private", "public", "dm"]
        for id_, kind in zip(PLACES, kinds, strict=True):
            self.place(connection, Channel(id_, f"place-{id_.lower()}", kind, linked=id_ not in ("C5", "C6")))
            self.members_are(connection, id_, set(self.chance.sample(PEOPLE, 4)))
        for _ in range(12):
            self.speak(connection, self.chance.randrange(1, 9))

    def happen(self, connection: Connection) -> None:
        """Something of everything that happens in a year."""
        for _ in range(6):
            what = self.chance.choice(
                (self.speak, self.comes, self.goes, self.converts, self.deactivates, self.edits, self.deletes,
                 self.leaves_out, self.never_again)
            )  # fmt: skip
            what(connection)

    def member(self, connection: Connection, member: Member) -> None:
        self.members[member.id] = member
        communities.remember(connection, self.community, (member,))

    def place(self, connection: Connection, place: Channel) -> None:
        self.places[place.id] = place
        channels.learn(connection, self.community, [place])

    def members_are(self, connection: Connection, place: str, members: set[str]) -> None:
        self.inside[place] = set(members)
        channels.members_are(connection, self.community, place, members, NOW)

    def speak(self, connection: Connection, messages: int = 4) -> None:
        """A thread, or more of one; perhaps told twice, in any order."""
        place, threads = self.chance.choice(PLACES), list({one.thread for one in self.said.values()})
        again = [one for one in threads if any(key[0] == place for key in self.said if key[1] == one)]
        thread = self.chance.choice(again) if again and self.chance.random() < 0.3 else ""
        told = []
        for _ in range(messages):
            self.clock += self.chance.randrange(600, 2_000_000)
            ts = f"{self.clock}.{self.chance.randrange(10**6):06d}"
            thread = thread or ts
            author = self.chance.choice([*PEOPLE, "UBOT", ""])
            name = {"UBOT": "Helper", "": "Stranger"}.get(author, "")
            told.append(Utterance(self.community, place, ts, thread, author, self.words(), author_name=name))
        for one in told:
            self.keep(one)
        self.chance.shuffle(told)
        archive.remember(connection, self.community, told + told[:1])

    def keep(self, one: Utterance) -> None:
        """What the store should make of it."""
        key = (one.channel, one.ts)
        if self.places[one.channel].kind == "dm" or key in self.buried:
            return
        if key in self.silent:
            return
        before = self.said.get(key)
        if before is None or one.revision >= before.revision:
            self.said[key] = one
            if one.author in self.never or (one.channel, one.thread, one.author) in self.outs:
                self.silent.add(key)

    def words(self) -> str:
        """Something to say, in Slack's notation."""
        text = " ".join(self.chance.choices(WORDS, k=self.chance.randrange(1, 14)))
        extra = self.chance.random()
        if extra < 0.1:
            text += f" <@{self.chance.choice(PEOPLE)}> &amp; <https://example.org/x_y|our page>"
        elif extra < 0.2:
            text += f". {text.upper()}! <#C2|> <!here>"
        return text

    def comes(self, connection: Connection) -> None:
        place, member = self.chance.choice(PLACES), self.chance.choice(PEOPLE)
        self.inside[place].add(member)
        channels.joined(connection, self.community, place, member)

    def goes(self, connection: Connection) -> None:
        place, member = self.chance.choice(PLACES), self.chance.choice(PEOPLE)
        self.inside[place].discard(member)
        channels.left(connection, self.community, place, member)

    def converts(self, connection: Connection) -> None:
        place = self.places[self.chance.choice(PLACES[:-1])]
        self.place(connection, replace(place, kind="private" if place.kind == "public" else "public"))

    def deactivates(self, connection: Connection) -> None:
        member = self.members[self.chance.choice(PEOPLE)]
        flag = self.chance.choice(("gone", "guest"))
        self.member(connection, replace(member, **{flag: not getattr(member, flag)}))

    def edits(self, connection: Connection) -> None:
        """A new wording; and an older one, which comes too late."""
        if not self.said:
            return
        one = self.said[self.chance.choice(sorted(self.said))]
        newest = replace(one, text=self.words(), revision=stamp(micros(one.revision or one.ts) + 9_000_000))
        late = replace(one, text="late " + self.words(), revision=stamp(micros(newest.revision) - 1_000_000))
        for said in (newest, late):
            self.keep(said)
        archive.remember(connection, self.community, [newest])
        archive.remember(connection, self.community, [late])

    def deletes(self, connection: Connection) -> None:
        if not self.said:
            return
        key = self.chance.choice(sorted(self.said))
        one = self.said.pop(key)
        self.buried.add(key)
        self.silent.discard(key)
        archive.remove(connection, self.community, *key, NOW)
        archive.remember(
            connection, self.community, [replace(one, text="back again", revision="2000000000.0")]
        )

    def leaves_out(self, connection: Connection) -> None:
        if not self.said:
            return
        one = self.said[self.chance.choice(sorted(self.said))]
        if one.author not in self.members:
            return
        self.outs.add((one.channel, one.thread, one.author))
        self.hush(lambda said: (said.channel, said.thread, said.author) in self.outs)
        archive.leave_out(connection, self.visit(one.author), one.channel, one.thread)

    def never_again(self, connection: Connection) -> None:
        if self.chance.random() < 0.5:
            return
        member, wish = self.chance.choice(PEOPLE), self.chance.random() < 0.5
        if wish:
            self.never.add(member)
            self.hush(lambda said: said.author == member)
        else:
            self.never.discard(member)
        archive.never(connection, self.visit(member), wish)

    def hush(self, whose: Callable[[Utterance], bool]) -> None:
        self.silent |= {key for key, one in self.said.items() if whose(one)}

    def visit(self, member: str) -> Visit:
        self.visits += 1
        return Visit(self.community, member, NOW, f"{self.community}-{self.visits}")

    # What may be read, and what is found

    def visible(self, viewer: Viewer) -> set[str]:
        """The channels this viewer may read."""
        if viewer.member is None:
            return {id_ for id_, one in self.places.items() if one.kind == "public" or self.stray(one)}
        me = self.members.get(viewer.member)
        if me is None or me.gone:
            return set()
        return {
            id_
            for id_, one in self.places.items()
            if one.linked
            and one.kind in ("public", "private")
            and ((one.kind == "public" and not me.guest) or me.id in self.inside[id_])
        }

    def stray(self, one: Channel) -> bool:
        return one.kind == "private" and not one.linked

    def text(self, one: Utterance) -> str:
        """As the index reads it."""
        return readable(one.text, {id_: member.name for id_, member in self.members.items()}, {})

    def found(self, query: Query, viewer: Viewer) -> list[tuple[float, Key]]:
        """Every message this viewer may read that the query asks for, in order."""
        seen = self.visible(viewer)
        hits = []
        for key, one in self.said.items():
            if key not in self.silent and one.channel in seen and self.matches(query, one, viewer):
                hits.append((self.score(query, one), micros(one.ts), key))
        hits.sort(key=lambda hit: (hit[0] if query.sort == "best" else 0, hit[1]), reverse=True)
        return [(score, key) for score, _, key in hits]

    def matches(self, query: Query, one: Utterance, viewer: Viewer) -> bool:
        tokens = stems(self.text(one))
        wanted = [stems(word) for word in query.words] + [stems(" ".join(phrase)) for phrase in query.phrases]
        unwanted = [found for phrase in query.without if (found := stems(" ".join(phrase)))]
        at = (NOW - NOW) + datetime.fromtimestamp(0, UTC) + timedelta(microseconds=micros(one.ts))
        return (
            all(stands(phrase, tokens) for phrase in wanted if phrase)
            and all(any(begins(token, start) for token in tokens) for start in query.prefix)
            and not any(stands(phrase, tokens) for phrase in unwanted)
            and (not query.authors or any(self.says(author, one, viewer) for author in query.authors))
            and (not query.channels or any(self.is_place(name, one.channel) for name in query.channels))
            and (query.since is None or at >= query.since)
            and (query.until is None or at < query.until)
        )

    def says(self, author: str, one: Utterance, viewer: Viewer) -> bool:
        if author == "me":
            return viewer.member is not None and one.author == viewer.member
        member = self.members.get(one.author)
        name = (member.name if member else one.author_name).lower()
        plain = " ".join(folded(word) for word in name.split())
        return author == one.author or folded(author) in (plain, plain.split()[0])

    def is_place(self, name: str, place: str) -> bool:
        return name.lower() in (place.lower(), self.places[place].name)

    def score(self, query: Query, one: Utterance) -> float:
        """bm25 with a usual length of 20 words, as a logarithm, and one more for each 180 days later."""
        tokens = stems(self.text(one))
        words = {word for typed in query.words for word in stems(typed)}
        words |= {word for phrase in query.phrases for word in stems(" ".join(phrase))}
        often = [tokens.count(word) for word in sorted(words)]
        often += [sum(begins(token, start) for token in tokens) for start in query.prefix]
        norm = 1.2 * (0.25 + 0.75 * len(tokens) / 20)
        bm25 = sum(n * 2.2 / (n + norm) for n in often)
        return (log2(bm25) if often else 0.0) + micros(one.ts) / (180 * 86_400 * 1_000_000)


def stands(phrase: list[str], tokens: list[str]) -> bool:
    """Whether these words stand side by side."""
    return any(tokens[at : at + len(phrase)] == phrase for at in range(len(tokens)))


def begins(token: str, start: str) -> bool:
    """Whether pre* finds this stem."""
    letters = "".join(folded(start).split())
    return token.startswith(letters) or [token] == stems(letters)[:1]


def questions(chance: random.Random) -> Iterator[str]:
    """Things to search for, without end."""
    parts = (
        lambda: chance.choice(WORDS),
        lambda: chance.choice(WORDS),
        lambda: f'"{chance.choice(WORDS)} {chance.choice(WORDS)}"',
        lambda: f"-{chance.choice(WORDS)}",
        lambda: chance.choice(WORDS)[: chance.randrange(2, 6)] + "*",
        lambda: f"from:{chance.choice(['me', 'asha', 'U3', '<@U4>', '@dee', 'Stranger', 'nobody'])}",
        lambda: f"in:{chance.choice(['#place-c0', 'place-c2', '<#C3|x>', 'C5', 'nowhere'])}",
        lambda: f"{chance.choice(['before', 'after', 'during'])}:{chance.choice(DAYS)}",
        lambda: "sort:new",
        lambda: chance.choice(["hosptial", "comunity", "xyzzy", "ripplse", "weathr"]),
    )
    while True:
        yield " ".join(
            part() for part in chance.choices(parts, (8, 4, 2, 2, 2, 1, 1, 1, 2, 1), k=chance.randrange(1, 4))
        )

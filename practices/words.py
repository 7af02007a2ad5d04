"""Words as the memory's index knows them: found in a text, folded, stemmed, and marked where they matched."""

import re
from collections import Counter
from collections.abc import Collection, Iterator
from itertools import islice
from unicodedata import category, normalize

from Stemmer import Stemmer

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
CJK = re.compile("([\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff])")  # written without spaces: each its own word
PLAIN = "".join(letter.lower() if letter.isalnum() else " " for letter in map(chr, range(128)))
SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|\s*\n\s*")

CODE = re.compile(r"```(.+?)```|`([^`\n]+)`", re.DOTALL)
MARK = re.compile("[*_~`>]")
QUOTE = re.compile(r"^(?:>>>|>) ?", re.MULTILINE)
OPENS, CLOSES = r"""(?<![^\s(\[{"'“‘*_~])""", r"""(?![^\s)\]}"'”’*_~.,;:!?…-])"""  # beside a mark, outside
MARKED = [
    re.compile(
        rf"{OPENS}(?<![{mark}])[{mark}](?=[^\s{mark}])([^{mark}\n]*[^\s{mark}])[{mark}](?![{mark}]){CLOSES}"
    )
    for mark in "*_~"
]

LONGEST = 64  # letters of a word that count
MOST = 10_000  # words of a message
OFTEN = 255  # times one word counts: a tsvector holds as many places of a word
KNOWN = 200_000  # words remembered with their stems
SNIPPET = 200  # letters
BEFORE = 60  # letters before the match, where a sentence is too long


class _Stems(dict[str, str]):
    """Stems of words as they stand in a text, joined by spaces. Snowball's English stemmer (Porter, 2001)."""

    def __init__(self) -> None:
        self._stem = Stemmer("english", 0).stemWord

    def __missing__(self, raw: str) -> str:
        if len(self) >= KNOWN:
            self.clear()
        found = self[raw] = " ".join(self._stem(word) for word in folded(raw).split())
        return found


_STEMS = _Stems()


def clean(text: str) -> str:
    """The text as a database takes it: composed letters, no NUL, no half of a surrogate pair."""
    if text.isascii():
        return text.replace("\0", "") if "\0" in text else text
    whole = text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")
    return normalize("NFC", whole)


def unmarked(text: str) -> str:
    """A readable text without Slack's marks for bold, italic, struck, quoted and code, all but the words."""
    if not MARK.search(text):  # most have none
        return text
    parts = CODE.split(QUOTE.sub("", text))  # plain, fenced, code, plain ...
    for at in range(0, len(parts), 3):
        for mark in MARKED:
            parts[at] = mark.sub(r"\1", parts[at])
    return "".join(part for part in parts if part)


def folded(raw: str) -> str:
    """A word in small letters without accents and possessive; of foreign writing perhaps several, by spaces."""
    word = raw.lower()
    if not raw.isascii():
        decomposed = normalize("NFKD", raw.replace("’", "'")).casefold()
        word = "".join(letter for letter in decomposed if category(letter) != "Mn")
        word = CJK.sub(r" \1 ", word)
    if "'" in word:
        word = word.removesuffix("'s").replace("'", "")
    if not word.isascii():
        word = " ".join(WORD.findall(word))
    return " ".join(part[:LONGEST] for part in word.split())


def stems(text: str) -> list[str]:
    """What the index keeps of a (clean) text, in its order."""
    known = _STEMS
    if text.isascii() and "'" not in text:  # most are: the same, only sooner
        found = [known[raw] for raw in text.translate(PLAIN).split()]
    else:
        found = " ".join([known[raw] for raw in WORD.findall(text)]).split()
    if len(found) <= OFTEN:
        return found
    seen = Counter[str]()
    often = Counter(found).most_common(1)[0][1] > OFTEN
    kept = (one for one in found if not often or _again(seen, one) <= OFTEN)
    return list(islice(kept, MOST))


def _again(seen: Counter[str], word: str) -> int:
    seen[word] += 1
    return seen[word]


def marks(
    text: str, wanted: Collection[str], prefixes: tuple[str, ...] = ()
) -> Iterator[tuple[int, int, str]]:
    """Where wanted stems (or words that begin with a prefix) stand in a text: from, to, and the stem."""
    for match in WORD.finditer(text):
        for stem in _STEMS[match[0]].split():
            if stem in wanted or (prefixes and stem.startswith(prefixes)):
                yield match.start(), match.end(), stem
                break


def snippet(
    text: str, wanted: Collection[str], prefixes: tuple[str, ...] = ()
) -> tuple[tuple[str, bool], ...]:
    """The sentence in which most of the wanted words stand, in pieces: (words, whether they matched)."""
    found = list(marks(text, wanted, prefixes))
    start, end = _sentence(text, found)
    if end - start > SNIPPET:
        first = next((begin for begin, _, _ in found if begin >= start), start)
        start, end = _window(text, start, end, first)
    pieces: list[tuple[str, bool]] = []
    at = start
    for begin, close, _ in found:
        if begin < at or close > end:
            continue
        if begin > at:
            pieces.append((text[at:begin], False))
        pieces.append((text[begin:close], True))
        at = close
    if at < end:
        pieces.append((text[at:end], False))
    return tuple(pieces)


def _sentence(text: str, found: list[tuple[int, int, str]]) -> tuple[int, int]:
    """From where to where the best sentence goes: the first of those with most different matches."""
    best, most, start = (0, 0), -1, 0
    ends = [(match.start(), match.end()) for match in SENTENCE_END.finditer(text)]
    for end, following in [*ends, (len(text), len(text))]:
        there = len({stem for begin, _, stem in found if start <= begin < end})
        if there > most and text[start:end].strip():
            best, most = (start, end), there
        start = following
    return best


def _window(text: str, start: int, end: int, first: int) -> tuple[int, int]:
    """At most SNIPPET letters around the first match, cut between words where there are any."""
    left = max(start, min(first - BEFORE, end - SNIPPET))
    if left > start:
        space = text.find(" ", left, first)
        left = space + 1 if space >= 0 else left
    right = min(end, left + SNIPPET)
    if right < end:
        space = text.rfind(" ", first + 1, right)
        right = space if space > left else right
    return left, right

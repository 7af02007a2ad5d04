"""Who may be named in what somebody else wrote: each is asked first, and named only as far as she said yes to."""

from collections.abc import Iterable

from practices.forms import Form, Visibility
from practices.model import Visit
from practices.refusals import NotPostedYet
from practices.writings import POSTED, Naming, Writing

# Where others read whom somebody chose. What stands without its author's name names nobody else either.
READ_BY: tuple[Visibility, ...] = ("conveners", "circle", "everyone")


def chosen(form: Form, writing: Writing) -> tuple[str, ...]:
    """Whom its author chose, and others are to read of; nobody where it is hers alone or has no name on it."""
    if writing.draft or writing.visibility not in READ_BY:
        return ()
    picked = (writing.answers.get(ask.name, ()) for ask in form.asks if ask.kind == "people")
    people = (one for given in picked if isinstance(given, tuple) for one in given)
    return tuple(one for one in dict.fromkeys(people) if one != writing.author)


def covers(one: Naming, writing: Writing) -> bool:
    """Whether what was asked is as wide as what the writing's readers are now."""
    return (
        one.circle == writing.circle
        and writing.visibility in READ_BY
        and READ_BY.index(one.visibility) >= READ_BY.index(writing.visibility)
    )


def named(writing: Writing, picked: Iterable[str]) -> tuple[str, ...]:
    """Of those who were picked, the ones who may be named to whoever reads it now."""
    agreed = {one.member for one in writing.namings if one.said == "yes" and covers(one, writing)}
    return tuple(one for one in picked if one in agreed)


def answered(one: Naming | None, writing: Writing | None, visit: Visit, reach: tuple[str, str]) -> bool:
    """Whether a yes, pressed under a question about this reach, answers what is asked now.

    False: it is asked of more people since, or not at all. Raises NotPostedYet.
    """
    if one is None or writing is None or one.member != visit.member or writing.visibility not in READ_BY:
        return False
    if writing.visibility in POSTED and writing.ts is None and not writing.hidden:
        raise NotPostedYet
    return one.reach == reach


def subject_of(writing: str, member: str) -> str:
    """What a question is about."""
    return f"{writing}/{member}"

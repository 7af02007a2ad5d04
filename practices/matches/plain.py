"""A draw's question and its plan as plain lists, piece by piece: to be kept, or told to another process."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from operator import attrgetter
from typing import Any

from practices.matches.model import Alone, Asked, Certificate, Group, Past, Person, Plan, Repeat

PIECE = 200  # people or so: no piece takes long to write or to read

Piece = Sequence[Any]  # its kind, then what it holds; JSON can say it

_SETS = ("times", "interests")
_PERSON = attrgetter(*(one.name for one in fields(Person)))
_SETS_AT = tuple(index for index, one in enumerate(fields(Person)) if one.name in _SETS)


def asked_in_pieces(asked: Asked) -> Iterator[Piece]:
    """The question; the pieces of everybody come one after the other."""
    yield ("asked", asked.number, dict(asked.enrolled), asked.size, asked.seed, asked.spacing)
    for people in _cut(asked.people):
        yield ("people", [person_in_lists(one) for one in people])
    for past in _cut(asked.past):
        yield ("past", [(one.round, one.a, one.b, one.met) for one in past])
    for pairs in _cut(asked.exclusions):
        yield ("exclusions", list(pairs))


def asked_of(pieces: Iterable[Piece]) -> Asked:
    """The question again. Raises KeyError, TypeError or ValueError where the pieces are not of a question."""
    head: Piece = ()
    held: dict[str, list[Any]] = {"people": [], "past": [], "exclusions": []}
    for kind, *rest in pieces:
        if kind == "asked":
            head = rest
        else:
            held[kind] += rest[0]
    number, enrolled, size, seed, spacing = head
    return Asked(
        tuple(_person_of(one) for one in held["people"]),
        tuple(Past(*one) for one in held["past"]),
        tuple((a, b) for a, b in held["exclusions"]),
        number,
        enrolled,
        size,
        seed,
        spacing,
    )


def plan_in_pieces(plan: Plan) -> Iterator[Piece]:
    """The plan, the certificate last."""
    for groups in _cut(plan.groups):
        yield ("groups", [(one.members, one.reasons) for one in groups])
    for alone in _cut(plan.alone):
        yield ("alone", [(one.id, one.reason) for one in alone])
    for repeats in _cut(plan.certificate.repeats):
        yield ("repeats", [(one.a, one.b, one.gap, one.forced) for one in repeats])
    own = {
        one.name: getattr(plan.certificate, one.name) for one in fields(Certificate) if one.name != "repeats"
    }
    yield ("certificate", own | {"versions": dict(plan.certificate.versions)})


def plan_of(pieces: Iterable[Piece]) -> Plan:
    """The plan again. Raises KeyError, TypeError or ValueError where the pieces are not of a plan."""
    held: dict[str, list[Any]] = {"groups": [], "alone": [], "repeats": []}
    certificate: dict[str, Any] = {}
    for kind, what in pieces:
        if kind == "certificate":
            certificate = dict(what)
        else:
            held[kind] += what
    certificate["objective"] = tuple(certificate["objective"])
    return Plan(
        tuple(Group(tuple(members), tuple(reasons)) for members, reasons in held["groups"]),
        tuple(Alone(*one) for one in held["alone"]),
        Certificate(repeats=tuple(Repeat(*one) for one in held["repeats"]), **certificate),
    )


def _cut(many: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (many[begin : begin + PIECE] for begin in range(0, len(many), PIECE))


def person_in_lists(one: Person) -> list[Any]:
    """What is known of somebody, in the order of Person's fields."""
    values = list(_PERSON(one))
    for index in _SETS_AT:
        values[index] = sorted(values[index])
    return values


def _person_of(values: Sequence[Any]) -> Person:
    values = list(values)
    for index in _SETS_AT:
        values[index] = frozenset(values[index])
    return Person(*values)

"""Strict order in whole numbers: each aim counts in units larger than everything below it together."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

BITS = 120  # rustworkx counts in 128, and its duals need a little more than the weights
WORD = 62  # numpy counts in 63, and says nothing when there are more

Columns = NDArray[np.int64]  # a row for each aim, the highest first; a column for each pair
Whole = NDArray[np.int64]


def units(ranges: Sequence[int], together: int) -> list[int]:
    """How much each aim counts, where `ranges` says how far its values lie apart at most, and a plan has at most
    `together` of them."""
    found, unit = [], 1
    for apart in reversed(ranges):
        found.append(unit)
        unit *= apart * together + 1
    return [*reversed(found), unit]


def weights(columns: Columns, together: int) -> list[int]:
    """A whole number for each column, so that of any two choices of `together` columns the better by the highest aim
    that differs weighs more. Raises OverflowError where that does not fit the solver's integers."""
    if not columns.shape[1]:
        return []
    least = columns.min(axis=1)
    ranges = [int(most) - int(low) for most, low in zip(columns.max(axis=1), least, strict=True)]
    *each, whole = units(ranges, together)
    if whole.bit_length() > BITS:
        raise OverflowError(f"the aims need {whole.bit_length()} bits, and {BITS} are there")
    return summed(columns - least[:, None], ranges, each)


def summed(values: Columns, ranges: Sequence[int], each: Sequence[int]) -> list[int]:
    """The sum of each column in Python's numbers, which have no end; numpy adds as much of it as fits its own."""
    words: list[tuple[int, Whole]] = []
    for aim in reversed(range(len(each))):
        apart = ranges[aim]
        if not apart:
            continue
        if words and (each[aim] // words[-1][0] * apart).bit_length() < WORD:
            unit, word = words[-1]
            words[-1] = (unit, word + each[aim] // unit * values[aim])
        else:
            words.append((each[aim], values[aim]))
    total = [0] * values.shape[1]
    for unit, word in words:
        total = [one + unit * part for one, part in zip(total, word.tolist(), strict=True)]
    return total

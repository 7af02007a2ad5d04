"""Both/and maps on somebody's own page: a way to begin one."""

from practices.forms import Forms
from practices.home import Page
from workspace import blocks
from workspace.blocks import actions, button
from workspace.home.parts import Part
from workspace.polarities import maps


def section(page: Page, word: str, forms: Forms) -> Part | None:
    """The maps that go on in her channels; and where there is a circle of hers, one can be begun."""
    rows = tuple(
        (blocks.section(maps.told(one, on)), actions(*maps.buttons(one, inside=one.id in page.stepped_in)))
        for one, on in page.maps
    )
    begin = actions(
        button("Begin a both/and map", "polarity_begin", word), button("Maps I hold", "polarity_list", word)
    )
    return Part("Both/and maps", rows=rows, below=(begin,)) if rows or page.circles else None

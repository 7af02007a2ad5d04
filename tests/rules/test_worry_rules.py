"""What whoever is worried by somebody's words reads, once the conveners have been asked to look at them."""

from tests.store.things import a_circle
from workspace.worries import TOLD, told


def test_nobody_is_thanked_where_nobody_could_be_asked() -> None:
    assert told(a_circle()) == TOLD
    alone = told(a_circle(conveners=()))
    assert "I could ask nobody" in alone
    assert "tell an admin of this workspace" in alone
    assert "Fern, on 01452" in told(a_circle(conveners=(), turn_to="Fern, on 01452"))

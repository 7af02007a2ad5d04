"""How a circle is set up: the hello, the form, the preview, the welcome."""

from workspace.circles.ahead import preview, wanted
from workspace.circles.form import asked, set_up
from workspace.circles.posts import back, hello, welcome
from workspace.circles.words import KEPT, WEEKDAYS

__all__ = ["KEPT", "WEEKDAYS", "asked", "back", "hello", "preview", "set_up", "wanted", "welcome"]

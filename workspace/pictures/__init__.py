"""Drawings, each with a text for those who cannot see it."""

from workspace.pictures.bars import bars
from workspace.pictures.drawing import Picture
from workspace.pictures.line import line
from workspace.pictures.stacks import Stack, stacks

__all__ = ["Picture", "Stack", "bars", "line", "stacks"]

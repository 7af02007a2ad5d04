"""What we declare rather than decide: questions by theme."""

from practices.catalogue.themes import BANK, THEMES

__all__ = ["BANK", "THEMES"]

"""Joining circles: what came in for those she convenes, and where she asked to join."""

from practices.forms import Forms
from practices.home import Page
from workspace.cohorts import applying, inviting
from workspace.home.parts import Part


def invited_by_her(page: Page, word: str, forms: Forms) -> Part | None:
    waiting = (one for one in page.invitations if one.invitation.state != "answered")
    rows = tuple(inviting.entry(one, page.zone) for one in waiting)
    return Part("Invitations to join", rows=rows) if rows else None


def asked_by_her(page: Page, word: str, forms: Forms) -> Part | None:
    rows = tuple(applying.entry(one, page.zone) for one in page.applications)
    return Part("Where you would like to join", rows=rows) if rows else None

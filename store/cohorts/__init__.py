"""Invitations to join a circle, and who would like to: what is kept of both, and for how long."""

from store.cohorts import applications, invitations

__all__ = ["applications", "invitations"]

"""Puts Togetherness together and runs it."""

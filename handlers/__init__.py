"""Slack talks to us: parse, decide, keep, answer the person in front of us."""

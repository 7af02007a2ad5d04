"""Peer matches: who talks with whom in a round, and why."""

"""Slack's export zips: opened with care, read as a stream."""

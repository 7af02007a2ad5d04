"""Measurements, seeded and side by side with a baseline; never part of the test run."""

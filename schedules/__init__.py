"""The clock talks to us: find what is due, decide, keep."""

"""What the store promises, on every engine."""

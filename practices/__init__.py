"""What we decide: pure, without I/O, clock or await."""

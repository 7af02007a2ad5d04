"""Both/and maps: what a group sees of two things that need each other."""

"""Whoever was chosen in a writing: asked, named, and left out again."""

"""What we say: words, blocks, and the way to Slack."""

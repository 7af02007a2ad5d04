"""What is written about a gathering waits unseen, and is shown all at once."""

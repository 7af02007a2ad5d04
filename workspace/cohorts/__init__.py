"""How a cohort is joined: what is posted and asked, what conveners see of it, and the answers."""

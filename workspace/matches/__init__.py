"""What people read of match rounds: the form, the settings, the note before, the conversation, and its close."""

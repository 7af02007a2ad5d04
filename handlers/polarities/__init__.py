"""Members make both/and maps together, from a first wicked question to an eye kept on them."""

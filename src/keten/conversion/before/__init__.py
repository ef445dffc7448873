"""What stood before: the messages read, and the books that their senders kept (rules B)."""

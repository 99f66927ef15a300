"""Conversations: who (by pseudonym), what was said (encrypted), and what still waits for an answer."""

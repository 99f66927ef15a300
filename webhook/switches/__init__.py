"""Switching off a channel, the answer on a topic, or a language; read with every message, so that it holds at once."""

"""The record of what staff did: append-only, chained, without a word of any message."""

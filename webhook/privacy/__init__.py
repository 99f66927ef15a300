"""Pseudonyms, sealed numbers, encrypted text, retention and erasure."""

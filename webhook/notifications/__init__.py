"""Telling SHOP that something waits, without saying what."""

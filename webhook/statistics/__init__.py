"""Counts of cases for the council's dashboard: finished months only, no number that could point at somebody."""

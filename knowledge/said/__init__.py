"""Answers as people give them: money, hours, days, yes and no. Pure: text in, values out."""

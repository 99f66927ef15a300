"""The schema's history, one revision a file, and the command that runs it."""

"""The gateway: the only part that talks to workers and officers, and the only one that writes the database."""

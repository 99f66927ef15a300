"""The accounts of officers and those who work with them: who they are, how they sign in, and their sessions."""

"""The officers' console: an app of its own, with its own port, settings and cookies."""

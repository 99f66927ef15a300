"""Machine translation by Argos Translate: in the worker, in its own process, behind a gate, never of safety words."""

"""The rights checks as forms: one engine, and for each check its questions and its way to the rule."""

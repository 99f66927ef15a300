"""The questions of the rights checks: which the answers so far call for, how each is read and repeated."""

"""The steps of one message, in groups. Their order is the list in `webhook/steps.py`."""

"""What a message means: language, topic, risk. Text in, labels out; no Rasa, no web.

Runs in Python 3.10 beside Rasa and in Python 3.11 in the gateway, with the same result.
"""

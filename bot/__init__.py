"""What runs inside Rasa: components, channel, tracker store. Python 3.10, its own environment."""

"""What Rasa's rules run: thin glue from a message's reading to the words of `knowledge`. Imports no Rasa."""

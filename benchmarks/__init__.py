"""Side-by-side measurements: this service and what a Rasa user would otherwise have (`make benchmark`)."""

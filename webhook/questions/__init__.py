"""What workers ask about, counted without words; and what the service could not place, for the knowledge desk."""

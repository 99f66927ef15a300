"""How words reach a worker and come from one: SMS and WhatsApp by Twilio, and the web chat."""

"""The public app: the web chat, its plain page, and Twilio's webhooks."""

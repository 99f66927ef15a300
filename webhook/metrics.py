"""Counters for the operator: how much and how often, never who or what. Labels come from fixed short lists."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

REGISTRY = CollectorRegistry()

CHANNELS = frozenset({"web", "sms", "whatsapp"})
RISKS = frozenset({"none", "concern", "high", "emergency"})
OUTCOMES = frozenset({"answered", "apologised", "late", "repeated", "refused", "silent", "spooled", "failed"})
STORES = frozenset({"database", "spool", "tracker", "twilio"})
STATUSES = frozenset({"queued", "sent", "delivered", "read", "undelivered", "failed"})
PARTS = frozenset({"signs", "vectors", "classifier"})
REASONS = frozenset({"signature", "session", "too_large", "not_json", "not_valid", "too_many", "phrase"})

ALLOWED = {
    "channel": CHANNELS,
    "risk": RISKS,
    "outcome": OUTCOMES,
    "store": STORES,
    "status": STATUSES,
    "part": PARTS,
    "reason": REASONS,
}
"""What each label may say. Anything else is counted as ``other``: no text of a worker can become a label."""

MESSAGES_IN = Counter("advice_messages_in", "Messages received.", ["channel", "outcome"], registry=REGISTRY)
MESSAGES_OUT = Counter(
    "advice_messages_out", "Messages sent, by what became of them.", ["channel", "status"], registry=REGISTRY
)
RISKS_SEEN = Counter("advice_risks_seen", "Messages by risk.", ["channel", "risk"], registry=REGISTRY)
READ_WITHOUT = Counter(
    "advice_danger_read_without", "Readings of a message for danger without this part.", ["part"], registry=REGISTRY
)
READING_LACKS = Gauge(
    "advice_danger_reading_lacks",
    "Whether the last message was read for danger without this part (1) or with it (0).",
    ["part"],
    registry=REGISTRY,
)
REQUESTS_REFUSED = Counter("advice_requests_refused", "Requests turned away.", ["reason"], registry=REGISTRY)
ERASURES = Counter("advice_erasures_confirmed", "Stores that confirmed a deletion.", ["store"], registry=REGISTRY)
ROWS_PURGED = Counter("advice_rows_purged", "Rows emptied or deleted by retention.", registry=REGISTRY)
SPOOL_DAMAGED = Counter("advice_spool_damaged", "Spool lines that could not be read.", registry=REGISTRY)
REPLY_SECONDS = Histogram(
    "advice_reply_seconds",
    "From receipt to reply, in seconds.",
    ["channel"],
    buckets=(0.1, 0.25, 0.5, 1, 2, 5, 15, 60, 300),
    registry=REGISTRY,
)

NOTICES = Counter("advice_notices", "Notices to SHOP, by what became of them.", ["status"], registry=REGISTRY)

WAITING_MESSAGES = Gauge("advice_waiting_messages", "Messages without an answer.", registry=REGISTRY)
WAITING_ALERTS = Gauge("advice_waiting_alerts", "Alerts nobody was told of.", registry=REGISTRY)
WAITING_NOTICES = Gauge("advice_waiting_notices", "Notices to SHOP not sent yet.", registry=REGISTRY)
UNREAD_EMERGENCIES = Gauge("advice_unread_emergencies", "Emergencies no officer has read.", registry=REGISTRY)
WAITING_ERASURES = Gauge("advice_waiting_erasures", "Stores that still have to confirm a deletion.", registry=REGISTRY)
OVERDUE_TEXTS = Gauge("advice_overdue_texts", "Messages whose words should have been emptied.", registry=REGISTRY)
SPOOL_BYTES = Gauge("advice_spool_bytes", "Bytes waiting in the local journal.", registry=REGISTRY)
DATABASE_ANSWERS = Gauge(
    "advice_database_answers",
    "Whether what waits could be measured (1) or the database was away (0).",
    registry=REGISTRY,
)


def count(counter: Counter, amount: float = 1, **labels: str) -> None:
    """Add to a counter, with labels only from the fixed lists."""
    (counter.labels(**checked(labels)) if labels else counter).inc(amount)


def observe(histogram: Histogram, seconds: float, **labels: str) -> None:
    """Note a duration, with labels only from the fixed lists."""
    (histogram.labels(**checked(labels)) if labels else histogram).observe(seconds)


def checked(labels: dict[str, str]) -> dict[str, str]:
    """Return labels with every value that is not on its list replaced by ``other``."""
    return {name: value if value in ALLOWED[name] else "other" for name, value in labels.items()}


def page() -> bytes:
    """Return the metrics in Prometheus's text format."""
    return generate_latest(REGISTRY)

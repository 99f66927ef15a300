"""Everything the rest of the gateway does with conversations, under one name. All functions take keywords only."""

from __future__ import annotations

from webhook.conversations.alerts import (
    alert_uid,
    close_signs,
    count_undelivered,
    mark_delivered,
    raise_alert,
    undelivered_alerts,
)
from webhook.conversations.content import Button, Content, Reply, read_content
from webhook.conversations.conversations import (
    RISK_LEVELS,
    find,
    find_or_open,
    keep,
    kept,
    last_inbound_at,
    lock,
    number_of,
    raise_risk,
)
from webhook.conversations.delivery import advance_status, mark_sent
from webhook.conversations.inbound import (
    LeaseLost,
    claim_waiting,
    count_waiting,
    mark_answered,
    mark_apologised,
    record_inbound,
    seen,
    try_again,
)
from webhook.conversations.menus import MenuItem, clear_menu, resolve_menu, set_menu
from webhook.conversations.opt_outs import is_opted_out, opt_in, opt_out
from webhook.conversations.outbound import (
    bid_farewell,
    claim_outgoing,
    has_held,
    mark_send_failed,
    messages_after,
    order_to_delete,
    record_replies,
    release_held,
    replies_to,
    send_again,
)
from webhook.conversations.session_tokens import is_genuine, new_token, web_pseudonym
from webhook.conversations.web_sessions import (
    adopt_web_session,
    end_web_session,
    open_web_session,
    session_conversation,
)

__all__ = [
    "RISK_LEVELS",
    "Button",
    "Content",
    "LeaseLost",
    "MenuItem",
    "Reply",
    "adopt_web_session",
    "advance_status",
    "alert_uid",
    "bid_farewell",
    "claim_outgoing",
    "claim_waiting",
    "clear_menu",
    "close_signs",
    "count_undelivered",
    "count_waiting",
    "end_web_session",
    "find",
    "find_or_open",
    "has_held",
    "is_genuine",
    "is_opted_out",
    "keep",
    "kept",
    "last_inbound_at",
    "lock",
    "mark_answered",
    "mark_apologised",
    "mark_delivered",
    "mark_send_failed",
    "mark_sent",
    "messages_after",
    "new_token",
    "number_of",
    "open_web_session",
    "opt_in",
    "opt_out",
    "order_to_delete",
    "raise_alert",
    "raise_risk",
    "read_content",
    "record_inbound",
    "record_replies",
    "release_held",
    "replies_to",
    "resolve_menu",
    "seen",
    "send_again",
    "session_conversation",
    "set_menu",
    "try_again",
    "undelivered_alerts",
    "web_pseudonym",
]

"""Deleting everything: asked back once in neutral words, then ordered, and said truthfully."""

from __future__ import annotations

from webhook.stepping.context import DELETE_NO, DELETE_YES, Context, Order


def erase(context: Context) -> None:
    """Order everything to be erased, and say truthfully what stays where."""
    context.orders.append(Order.ERASE)
    keys = ["delete_done", "delete_open_case"]
    context.say(*(keys if context.channel == "web" else [*keys, "delete_provider"]))
    context.status = "answered_deleted"


def erase_in_silence(context: Context) -> None:
    """Order everything to be erased where nothing may be said: the worker has sent STOP.

    At once: a question back could not be sent, and whoever must first allow messages again to be forgotten cannot have
    it done. Asking back only guards against a slip, and what a slip costs here is a talk that the worker had ended.
    """
    context.orders.append(Order.ERASE)
    context.status = "silent_deleted"


def ask_delete(context: Context) -> None:
    """Ask once, in neutral words, before anything is erased."""
    context.orders.append(Order.ASK_DELETE)
    context.say(
        "delete_ask", "delete_open_case", choices=[("button_delete_now", DELETE_YES), ("button_keep", DELETE_NO)]
    )
    context.status = "answered_delete_asked"

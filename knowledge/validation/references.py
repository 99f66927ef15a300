"""Do the placeholders of a text name things that exist?"""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.contacts import contact
from knowledge.figures import figure
from knowledge.files import FileMalformed
from knowledge.placeholders import PlaceholderMalformed, placeholders_in
from knowledge.validation.faults import Tree


def reference_reasons(tree: Tree, text: str, *, values: bool = False) -> Iterator[str]:
    """Why a placeholder of this text cannot be filled. `values`: may plain values such as {name} stand in it?"""
    try:
        asked = placeholders_in(text)
    except PlaceholderMalformed as error:
        yield str(error)
        return
    for each in asked:
        if each.kind == "value" and not values:
            yield f"{{{each.written}}} names neither a figure nor a contact"
        try:
            if each.kind == "figure":
                figure(each.id, tree.root)
            elif each.kind == "contact":
                contact(each.id, root=tree.root)
        except LookupError as error:
            yield f"{{{each.written}}}: {error.args[0]}"
        except (FileMalformed, OSError):
            continue  # the fault stands beside the file itself

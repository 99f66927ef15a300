"""Is every paragraph of the guidance accounted for, and is the page about it fresh?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from knowledge.answers import Answer
from knowledge.guidance import MAP_FILE, map_form, map_reasons
from knowledge.guidance_page import PAGE, guidance_page
from knowledge.staff import StaffPage
from knowledge.validation.faults import Fault, Tree


def guidance_faults(tree: Tree, answers: Iterable[Answer], staff: Iterable[StaffPage]) -> Iterator[Fault]:
    """Every fault of the map and of the page."""
    english = {each.topic: each for each in answers if each.lang == "en"}
    pages = {each.id: each for each in staff}
    path = tree.root / MAP_FILE
    faults: list[Fault] = []
    data = tree.read(path, map_form, faults)
    yield from faults
    if data is not None:
        yield from (tree.fault(path, reason) for reason in map_reasons(data, tree.root, english, pages))
    page = tree.root.parent / PAGE
    try:
        fresh = guidance_page(english.values(), pages.values(), tree.root)
    except LookupError:
        return  # a note names something unknown: told beside the answer
    if not page.is_file():
        yield Fault(PAGE, "is missing: run python -m knowledge guidance")
    elif page.read_text(encoding="utf-8") != fresh:
        yield Fault(PAGE, "is stale: run python -m knowledge guidance")

"""What the pages for professionals must hold to."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.files import FileMalformed
from knowledge.sources import all_sources
from knowledge.staff import FOLDER, StaffPage, staff_form, staff_page_ids, written_page
from knowledge.validation.faults import Fault, Tree
from knowledge.validation.references import reference_reasons


def staff_faults(tree: Tree, faults: list[Fault]) -> list[StaffPage]:
    """Every page that can be read; the faults of all of them go into the list."""
    found: list[StaffPage] = []
    for page_id in staff_page_ids(tree.root):
        path = tree.root / FOLDER / f"{page_id}.yml"
        if tree.read(path, staff_form, faults) is not None:
            found.append(written_page(page_id, tree.root))
            faults += [tree.fault(path, reason) for reason in _reasons(tree, page_id, found[-1])]
    return found


def _reasons(tree: Tree, page_id: str, page: StaffPage) -> Iterator[str]:
    if page.id != page_id:
        yield f"id: says {page.id}"
    sections = [section.id for section in page.sections]
    yield from (f"sections: {name}: stands twice" for name in sorted(set(sections)) if sections.count(name) > 1)
    for section in page.sections:
        if section.table and any(len(row) != len(section.table.columns) for row in section.table.rows):
            yield f"sections: {section.id}: table: a row has not a cell for each column"
    for said in page.texts():
        yield from reference_reasons(tree, said)
    try:
        yield from (f"sources: {name} is not known" for name in page.sources if name not in all_sources(tree.root))
    except (FileMalformed, OSError):
        return  # the fault stands beside the registry itself

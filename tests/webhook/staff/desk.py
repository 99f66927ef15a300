"""What officers write on a case, for tests of other things."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from webhook.cases import marks, notes
from webhook.cases.desk_models import CaseChecklist, CaseHandOn
from webhook.cases.models import Case, CaseSign
from webhook.database import utc_now
from webhook.privacy.vault import Vault


def write_on_it(db: Session, vault: Vault, case: Case) -> None:
    """A row in every table of what officers write."""
    sign = db.scalars(select(CaseSign).where(CaseSign.case_id == case.id)).first()
    assert sign is not None
    marks.mark(db=db, case=case, sign_uid=sign.uid, right=True, staff="1")
    notes.add(db=db, vault=vault, case=case, kind=notes.NOTE, words="seen", staff="1")
    db.add(
        CaseChecklist(
            case_id=case.id, uid="c", checklist="pledge", staff="1", at=utc_now(),
            answers=vault.encrypt({}, table="case_checklists", uid="c"),
        )
    )  # fmt: skip
    db.add(
        CaseHandOn(
            case_id=case.id,
            uid="h",
            body="police",
            with_identity=False,
            basis="nameless",
            staff="1",
            at=utc_now(),
            summary=vault.encrypt("words", table="case_hand_ons", uid="h"),
        )
    )
    db.flush()

"""`make staff-user` and `make verify-audit`, as commands."""

from __future__ import annotations

import pytest

from webhook.accounts.__main__ import link, main
from webhook.accounts.accounts import EmailUnfit, set_up_page
from webhook.accounts.roles import Role
from webhook.audit import verify
from webhook.database import Database
from webhook.privacy.vault import Vault
from webhook.settings import get_settings


def test_the_command_prints_a_link_that_works(database: Database, vault: Vault) -> None:
    said = link(database, vault, get_settings(), "First.Person@Example.org", Role.ADMINISTRATOR)
    token = said.rpartition("/set-up/")[2]
    with database.unit_of_work(read_only=True) as db:
        assert set_up_page(db=db, vault=vault, token=token).email == "first.person@example.org"


@pytest.mark.parametrize("arguments", [[], ["a@example.org"], ["a@example.org", "king"]])
def test_wrong_use_says_which_roles_there_are(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    assert "supervisor" in capsys.readouterr().err


@pytest.mark.parametrize("email", ["nobody", "a b@example.org", "@example.org", "a@b"])
def test_what_is_no_address_makes_no_account(database: Database, vault: Vault, email: str) -> None:
    with pytest.raises(EmailUnfit):
        link(database, vault, get_settings(), email, Role.OFFICER)


def test_verifying_with_a_wrong_number_is_wrong_use(capsys: pytest.CaptureFixture[str]) -> None:
    assert verify.main(["one", "mark"]) == 2
    assert "Use:" in capsys.readouterr().err

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from django.db import DatabaseError, connection, transaction

from config.env import PROJECT_ROOT
from core.accounts.domain.roles import WORDS, Capability
from core.accounts.errors import MemberAlreadyError
from core.accounts.models import AuditEvent, LoginLink
from core.accounts.selectors import members_of
from core.accounts.services import login_link_issue, member_add, members, user_create
from tests.world import Caller, World, person_make

CallAs = Callable[[str], Caller]


def test_a_login_link_signs_in_once_and_then_is_spent(world: World) -> None:
    path = urlsplit(login_link_issue(world.person("annotator"))).path
    browser = Caller()
    shown = browser.get(path)
    assert b"Sign in as Annotator" in shown.content
    assert browser.get("/api/me/").status_code == 401, "looking at the link must not sign in"
    assert browser.post(path).status_code == 302
    assert browser.get("/api/me/").json()["email"] == world.person("annotator").email
    again = Caller().post(path)
    assert again.status_code == 410
    assert b"has been used" in again.content


def test_a_login_link_is_stored_only_as_a_digest(world: World) -> None:
    secret = login_link_issue(world.person("annotator")).rstrip("/").rpartition("/")[2]
    assert secret not in str(list(LoginLink.objects.values()))


def test_strangers_cannot_make_accounts(db: None) -> None:
    refused = Caller().post(
        "/_allauth/browser/v1/auth/signup", {"email": "new@example.org", "password": "a long enough password"}
    )
    assert refused.status_code == 403


def test_a_person_signs_in_with_their_password(db: None) -> None:
    user_create("vera@example.org", display_name="Vera", password="nine tidal lanterns")
    browser = Caller()
    wrong = browser.post(
        "/_allauth/browser/v1/auth/login", {"email": "vera@example.org", "password": "guess"}
    )
    assert wrong.status_code == 400
    right = browser.post(
        "/_allauth/browser/v1/auth/login", {"email": "Vera@example.org", "password": "nine tidal lanterns"}
    )
    assert right.status_code == 200
    assert browser.get("/api/me/").json()["display_name"] == "Vera"


def test_a_token_acts_within_its_scopes_and_ends_when_revoked(world: World, call_as: CallAs) -> None:
    made = call_as("manager").post("/api/tokens/", {"name": "ci", "scopes": ["project.view"]}).json()
    machine, bearer = Caller(), {"Authorization": f"Bearer {made['secret']}"}
    project = f"/api/projects/{world.project.pk}/"
    assert machine.get(project, **bearer).status_code == 200
    refused = machine.get(f"{project}members/", **bearer)
    assert refused.status_code == 403
    assert refused.json()["code"] == "token_scope_missing"
    assert "manage projects and members" in refused.json()["detail"]
    assert call_as("manager").delete(f"/api/tokens/{made['token']['id']}/").status_code == 204
    assert machine.get(project, **bearer).status_code == 401


def test_a_tokens_secret_is_shown_once(world: World, call_as: CallAs) -> None:
    made = call_as("engineer").post("/api/tokens/", {"name": "ci", "scopes": ["project.view"]}).json()
    listed = call_as("engineer").get("/api/tokens/").content.decode()
    assert made["token"]["id"] in listed
    assert made["secret"] not in listed


def test_the_last_manager_cannot_leave(world: World, call_as: CallAs) -> None:
    manager = call_as("manager")
    members = manager.get(f"/api/projects/{world.project.pk}/members/").json()["results"]
    own = next(row for row in members if row["email"] == world.person("manager").email)
    refused = manager.delete(f"/api/projects/{world.project.pk}/members/{own['id']}/")
    assert refused.status_code == 409
    assert refused.json()["code"] == "last_manager"


def test_server_owned_fields_are_refused_not_ignored(world: World, call_as: CallAs) -> None:
    refused = call_as("manager").patch(f"/api/projects/{world.project.pk}/", {"organization": "other"})
    assert refused.status_code == 400
    assert refused.json()["errors"][0]["path"] == "organization"


def test_a_removed_member_sees_nothing_at_once(world: World, call_as: CallAs) -> None:
    annotator, manager = call_as("annotator"), call_as("manager")
    path = f"/api/projects/{world.project.pk}/"
    assert annotator.get(path).status_code == 200
    members = manager.get(f"{path}members/").json()["results"]
    member = next(row for row in members if row["email"] == world.person("annotator").email)
    assert manager.delete(f"{path}members/{member['id']}/").status_code == 204
    assert annotator.get(path).status_code == 404


def test_a_browser_write_without_its_csrf_token_is_refused(world: World) -> None:
    browser = Caller(world.person("manager"), enforce_csrf_checks=True)
    refused = browser.patch(f"/api/projects/{world.project.pk}/", {"name": "Forged"})
    assert refused.status_code == 403
    assert refused.json()["code"] == "csrf_failed"


@pytest.mark.parametrize("statement", ["UPDATE {} SET action = 'x'", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_audit_events_cannot_be_changed_even_by_sql(world: World, statement: str) -> None:
    before = AuditEvent.objects.count()
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(statement.format("accounts_auditevent"))
    assert AuditEvent.objects.count() == before > 0


def test_refusals_name_a_scope_as_the_tokens_page_does() -> None:
    listed = (PROJECT_ROOT / "frontend/src/pages/account/scopes.ts").read_text(encoding="utf-8")
    shown = dict(re.findall(r'"([a-z]+\.[a-z]+)": "([^"]+)"', listed))
    assert shown == {str(capability): words for capability, words in WORDS.items()}
    assert set(WORDS) == set(Capability)


def test_the_audit_is_filtered_by_what_was_done(world: World, call_as: CallAs) -> None:
    manager, path = call_as("manager"), f"/api/projects/{world.project.pk}/"
    assert manager.patch(path, {"name": "Renamed"}).status_code == 200

    def actions(asked: str) -> set[str]:
        return {row["action"] for row in manager.get(f"{path}audit/?action={asked}").json()["results"]}

    assert actions("project") == {"project.create", "project.update"}
    assert actions("project.update") == {"project.update"}
    assert actions("proj") == set()
    assert manager.get(f"{path}audit/?action=a'b").status_code == 400


def test_a_name_that_somebody_has_is_drawn_again(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    taken = members_of(world.project).get(user=world.person("annotator")).pseudonym
    drawn = iter([taken, taken, "amber-heron-4821"])
    monkeypatch.setattr(members, "pseudonym_make", lambda source: next(drawn))
    newcomer = person_make("newcomer")
    membership = member_add(None, project=world.project, email=newcomer.email, roles=["annotator"])
    assert membership.pseudonym == "amber-heron-4821"


def test_somebody_who_is_a_member_is_not_added_twice(world: World) -> None:
    with pytest.raises(MemberAlreadyError):
        member_add(None, project=world.project, email=world.person("annotator").email, roles=["reviewer"])

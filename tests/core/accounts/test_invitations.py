from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from core.accounts.models import AuditEvent, Invitation, Membership, User
from core.accounts.selectors import members_of
from core.accounts.services import invitation_create, login_link_issue, member_add, project_create
from tests.world import Caller, World, person_make

CallAs = Callable[[str], Caller]
PASSWORD = "nine tidal lanterns"


def _invite(world: World, email: str = "noor@example.org", roles: tuple[str, ...] = ("reviewer",)) -> str:
    _, link = invitation_create(world.actor("manager"), project=world.project, email=email, roles=roles)
    return link.rpartition("#")[2]


def _accept(secret: str, **more: Any) -> Any:
    body = {"secret": secret, "display_name": "Noor Haddad", "password": PASSWORD, **more}
    return Caller().post("/api/invitations/accept/", body)


def test_somebody_new_comes_in_with_the_roles_of_the_invitation_and_is_signed_in(
    world: World, call_as: CallAs
) -> None:
    path = f"/api/projects/{world.project.pk}/invitations/"
    made = call_as("manager").post(path, {"email": "Noor@Example.org", "roles": ["reviewer"]})
    assert made.status_code == 201
    secret = made.json()["link"].rpartition("#")[2]
    browser = Caller()
    shown = browser.post("/api/invitations/show/", {"secret": secret}).json()
    assert (shown["email"], shown["project"], shown["roles"]) == ("noor@example.org", "Market", ["reviewer"])
    body = {"secret": secret, "display_name": "Noor Haddad", "password": PASSWORD}
    assert browser.post("/api/invitations/accept/", body).status_code == 201
    me = browser.get("/api/me/").json()
    assert me["display_name"] == "Noor Haddad"
    assert [membership["roles"] for membership in me["memberships"]] == [["reviewer"]]
    assert call_as("manager").get(path).json()["results"] == []
    actions = set(AuditEvent.objects.filter(project=world.project).values_list("action", flat=True))
    assert {"invitation.create", "invitation.accept", "member.add"} <= actions


def test_an_invitation_is_taken_once(world: World) -> None:
    secret = _invite(world)
    assert _accept(secret).status_code == 201
    again = _accept(secret)
    assert again.status_code == 410
    assert again.json()["code"] == "invitation_spent"


def test_the_roles_and_the_address_come_from_the_server(world: World) -> None:
    secret = _invite(world)
    for field, value in (("roles", ["manager"]), ("email", "other@example.org"), ("project_id", "x")):
        assert _accept(secret, **{field: value}).status_code == 400
    assert not User.objects.filter(email__in=["noor@example.org", "other@example.org"]).exists()


@pytest.mark.parametrize("ending", ["withdrawn", "run out", "replaced", "never made"])
def test_a_link_that_ended_opens_nothing(world: World, call_as: CallAs, ending: str) -> None:
    secret = _invite(world)
    invitation = Invitation.objects.get()
    if ending == "withdrawn":
        path = f"/api/projects/{world.project.pk}/invitations/{invitation.pk}/"
        assert call_as("manager").delete(path).status_code == 204
    elif ending == "run out":
        Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    elif ending == "replaced":
        _invite(world)
    else:
        secret = "never-made"
    assert Caller().post("/api/invitations/show/", {"secret": secret}).status_code == 410
    assert _accept(secret).status_code == 410


def test_the_secret_is_kept_only_as_a_digest_and_never_listed(world: World, call_as: CallAs) -> None:
    secret = _invite(world)
    assert secret not in str(list(Invitation.objects.values()))
    listed = call_as("manager").get(f"/api/projects/{world.project.pk}/invitations/").content.decode()
    assert "noor@example.org" in listed
    assert secret not in listed


def test_inviting_answers_the_same_whether_or_not_somebody_has_an_account(
    world: World, call_as: CallAs
) -> None:
    path = f"/api/projects/{world.project.pk}/"
    addresses = {"known": world.person("outsider").email, "unknown": "nobody@example.org"}
    invited, added = {}, {}
    for kind, email in addresses.items():
        made = call_as("manager").post(f"{path}invitations/", {"email": email, "roles": ["annotator"]})
        invited[kind] = (made.status_code, sorted(made.json()), sorted(made.json()["invitation"]))
        refused = call_as("manager").post(f"{path}members/", {"email": email, "roles": ["annotator"]})
        added[kind] = (refused.status_code, refused.json()["code"], refused.json()["detail"])
    assert invited["known"] == invited["unknown"]
    assert added["known"] == added["unknown"]
    assert added["known"][:2] == (404, "member_unknown")


def test_an_account_that_exists_joins_by_signing_in_and_keeps_its_password(world: World) -> None:
    outsider = world.person("outsider")
    secret = _invite(world, outsider.email)
    refused = _accept(secret)
    assert refused.status_code == 409
    assert refused.json()["code"] == "invitation_sign_in"
    outsider.refresh_from_db()
    assert not outsider.check_password(PASSWORD)
    joined = Caller(outsider).post("/api/invitations/join/", {"secret": secret})
    assert joined.status_code == 200
    assert Membership.objects.get(project=world.project, user=outsider).roles == ["reviewer"]


def test_somebody_elses_invitation_cannot_be_joined(world: World) -> None:
    secret = _invite(world)
    refused = Caller(world.person("outsider")).post("/api/invitations/join/", {"secret": secret})
    assert refused.status_code == 403
    assert not Membership.objects.filter(project=world.project, user=world.person("outsider")).exists()
    assert _accept(secret).status_code == 201, "a refusal must not use the link up"


def test_an_easy_password_is_refused_beside_its_field_and_the_link_stays(world: World) -> None:
    secret = _invite(world)
    refused = _accept(secret, password="password1234")
    assert refused.status_code == 400
    assert refused.json()["errors"][0]["path"] == "password"
    assert _accept(secret).status_code == 201


def test_a_foreign_page_cannot_accept_an_invitation(world: World) -> None:
    browser = Caller(enforce_csrf_checks=True)
    body = {"secret": _invite(world), "display_name": "Noor", "password": PASSWORD}
    assert browser.post("/api/invitations/accept/", body).status_code == 403


def _link_for(world: World, caller: Caller, name: str, **headers: str) -> Any:
    member = members_of(world.project).get(user=world.person(name))
    return caller.post(f"/api/projects/{world.project.pk}/members/{member.pk}/sign-in-link/", **headers)


def test_a_manager_makes_a_link_for_a_member_who_is_locked_out_and_older_links_end(
    world: World, call_as: CallAs
) -> None:
    older = login_link_issue(world.person("annotator"))
    made = _link_for(world, call_as("manager"), "annotator")
    assert made.status_code == 201
    browser = Caller()
    assert browser.post(f"/login/{older.split('/login/')[1]}").status_code == 410
    assert browser.post(f"/login/{made.json()['link'].split('/login/')[1]}").status_code == 302
    assert browser.get("/api/me/").json()["email"] == world.person("annotator").email
    event = AuditEvent.objects.get(project=world.project, action="login_link.issue")
    assert event.actor == world.person("manager")


def test_no_link_reaches_further_than_its_maker(world: World, call_as: CallAs) -> None:
    manager = call_as("manager")
    member_add(None, project=world.other_project, email=world.person("annotator").email, roles=["annotator"])
    assert _link_for(world, manager, "annotator").status_code == 403, "also works in another organization"
    boss = person_make("boss")
    side = project_create(
        type(world.actor("manager"))(boss), organization=world.organization, name="Side", slug="side"
    )
    member_add(None, project=side, email=world.person("reviewer").email, roles=["reviewer"])
    assert _link_for(world, manager, "reviewer").status_code == 403, "also works where this manager does not"
    token = manager.post("/api/tokens/", {"name": "ci", "scopes": ["project.manage"]}).json()
    bearer = {"Authorization": f"Bearer {token['secret']}"}
    assert _link_for(world, Caller(), "engineer", **bearer).status_code == 403, "a token is not a person"
    assert _link_for(world, manager, "engineer").status_code == 201

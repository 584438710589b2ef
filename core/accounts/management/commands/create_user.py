from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from core.accounts.actors import Actor
from core.accounts.models import Organization, Project
from core.accounts.selectors import user_by_email
from core.accounts.services import (
    login_link_issue,
    member_add,
    organization_create,
    project_create,
    user_create,
)


class Command(BaseCommand):
    help = "Creates a person's account, optionally with a first project they manage, and prints their login link."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", required=True, help="the name others see")
        parser.add_argument("--organization", help="short name of the organization; made when new")
        parser.add_argument(
            "--project", help="short name of a project; made when new, managed by this person"
        )
        parser.add_argument(
            "--role", action="append", default=[], help="role in an existing project; repeatable"
        )

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        if user_by_email(options["email"]) is not None:
            raise CommandError(f"{options['email']} already has an account.")
        if options["project"] and not options["organization"]:
            raise CommandError("Say which organization the project is in with --organization.")
        user = user_create(options["email"], display_name=options["name"])
        if options["organization"]:
            slug = options["organization"]
            organization = Organization.objects.filter(slug=slug).first() or organization_create(
                slug, slug=slug
            )
            if options["project"]:
                project = Project.objects.filter(organization=organization, slug=options["project"]).first()
                if project is None:
                    project_create(
                        Actor(user),
                        organization=organization,
                        name=options["project"],
                        slug=options["project"],
                    )
                else:
                    member_add(
                        None, project=project, email=user.email, roles=options["role"] or ["annotator"]
                    )
        self.stdout.write(login_link_issue(user))

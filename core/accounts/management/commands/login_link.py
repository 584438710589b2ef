from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.accounts.selectors import user_by_email
from core.accounts.services import login_link_issue


class Command(BaseCommand):
    help = "Prints a link that signs one person in, once, within twelve hours."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")

    def handle(self, *args: Any, **options: Any) -> None:
        user = user_by_email(options["email"])
        if user is None:
            raise CommandError(
                f"Nobody has the address {options['email']}. Create the account with create_user first."
            )
        self.stdout.write(login_link_issue(user))

"""Migration operations by which the database itself refuses to change facts."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.migrations.operations import RunSQL

_TRUNCATE_GUARD = """
CREATE OR REPLACE FUNCTION concord_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: rows of it are never changed or deleted', TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation';
END $$;
"""


class AppendOnly(RunSQL):
    """Refuse UPDATE, DELETE and TRUNCATE on ``table``: its rows are facts.

    Parameters
    ----------
    table
        Name of the table in the database.
    """

    def __init__(self, table: str) -> None:
        self.table = table
        super().__init__(
            sql=f"""{_TRUNCATE_GUARD}
            CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
              FOR EACH ROW EXECUTE FUNCTION concord_refuse_change();
            CREATE TRIGGER {table}_never_truncated BEFORE TRUNCATE ON {table}
              FOR EACH STATEMENT EXECUTE FUNCTION concord_refuse_change();
            """,
            reverse_sql=f"""
            DROP TRIGGER IF EXISTS {table}_append_only ON {table};
            DROP TRIGGER IF EXISTS {table}_never_truncated ON {table};
            """,
        )

    def deconstruct(self) -> tuple[str, list[object], dict[str, object]]:
        return (self.__class__.__name__, [self.table], {})


class FrozenWhen(RunSQL):
    """Refuse to change or delete rows of ``table`` that are in a final state.

    Parameters
    ----------
    table
        Name of the table in the database.
    condition
        SQL over ``OLD`` that is true for a row that must not change any more.
    allow
        Columns that may still change in such a row.
    """

    def __init__(self, table: str, condition: str, allow: Sequence[str] = ()) -> None:
        self.table, self.condition, self.allow = table, condition, tuple(allow)
        kept = "".join(f" - '{column}'" for column in self.allow)
        super().__init__(
            sql=f"""{_TRUNCATE_GUARD}
            CREATE OR REPLACE FUNCTION {table}_refuse_when_final() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
              IF ({condition}) THEN
                IF TG_OP = 'UPDATE' AND (to_jsonb(OLD){kept}) = (to_jsonb(NEW){kept}) THEN
                  RETURN NEW;
                END IF;
                RAISE EXCEPTION 'this row of {table} is final and is never changed or deleted'
                  USING ERRCODE = 'restrict_violation';
              END IF;
              IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
              RETURN NEW;
            END $$;
            CREATE TRIGGER {table}_final BEFORE UPDATE OR DELETE ON {table}
              FOR EACH ROW EXECUTE FUNCTION {table}_refuse_when_final();
            CREATE TRIGGER {table}_never_truncated BEFORE TRUNCATE ON {table}
              FOR EACH STATEMENT EXECUTE FUNCTION concord_refuse_change();
            """,
            reverse_sql=f"""
            DROP TRIGGER IF EXISTS {table}_final ON {table};
            DROP TRIGGER IF EXISTS {table}_never_truncated ON {table};
            DROP FUNCTION IF EXISTS {table}_refuse_when_final();
            """,
        )

    def deconstruct(self) -> tuple[str, list[object], dict[str, object]]:
        return (self.__class__.__name__, [self.table, self.condition], {"allow": self.allow})

from django.db import migrations

from core.db.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("preferences", "0001_comparisons_judgments_decisions")]

    operations = [
        AppendOnly("preferences_side_order"),
        AppendOnly("preferences_judgment"),
        AppendOnly("preferences_axis_answer"),
        AppendOnly("preferences_response_assessment"),
        AppendOnly("preferences_clause_citation"),
        AppendOnly("preferences_demonstration"),
        AppendOnly("preferences_comparison_decision"),
        AppendOnly("preferences_acceptance_decision"),
    ]

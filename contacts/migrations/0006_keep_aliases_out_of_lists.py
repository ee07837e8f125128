"""Aliases lie in no index of a list: with empty keys they would all come first.

Lists and searches then answer from the index alone again, as before there were aliases.
"""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_api_token"),
        ("contacts", "0005_merge_and_undo"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="company",
            name="company_by_name",
        ),
        migrations.RemoveIndex(
            model_name="company",
            name="company_by_team",
        ),
        migrations.RemoveIndex(
            model_name="company",
            name="company_by_owner",
        ),
        migrations.RemoveIndex(
            model_name="company",
            name="company_by_change",
        ),
        migrations.RemoveIndex(
            model_name="company",
            name="company_by_confirmation",
        ),
        migrations.RemoveIndex(
            model_name="company",
            name="company_by_completeness",
        ),
        migrations.RemoveIndex(
            model_name="person",
            name="person_by_name",
        ),
        migrations.RemoveIndex(
            model_name="person",
            name="person_by_team",
        ),
        migrations.RemoveIndex(
            model_name="person",
            name="person_by_owner",
        ),
        migrations.RemoveIndex(
            model_name="person",
            name="person_by_given_name",
        ),
        migrations.RemoveIndex(
            model_name="person",
            name="person_by_change",
        ),
        migrations.RemoveIndex(
            model_name="person",
            name="person_by_confirmation",
        ),
        migrations.RemoveIndex(
            model_name="person",
            name="person_by_completeness",
        ),
        migrations.AddIndex(
            model_name="company",
            index=models.Index(
                condition=models.Q(("merged_into__isnull", True)),
                fields=["sort_key", "id"],
                name="company_by_name",
            ),
        ),
        migrations.AddIndex(
            model_name="company",
            index=models.Index(
                condition=models.Q(("merged_into__isnull", True)),
                fields=["team", "sort_key", "id"],
                name="company_by_team",
            ),
        ),
        migrations.AddIndex(
            model_name="company",
            index=models.Index(
                condition=models.Q(("merged_into__isnull", True)),
                fields=["owner", "sort_key", "id"],
                name="company_by_owner",
            ),
        ),
        migrations.AddIndex(
            model_name="company",
            index=models.Index(
                condition=models.Q(("merged_into__isnull", True)),
                fields=["updated_at", "id"],
                name="company_by_change",
            ),
        ),
        migrations.AddIndex(
            model_name="company",
            index=models.Index(
                condition=models.Q(("merged_into__isnull", True)),
                fields=["confirmed_on", "id"],
                name="company_by_confirmation",
            ),
        ),
        migrations.AddIndex(
            model_name="company",
            index=models.Index(
                condition=models.Q(("merged_into__isnull", True)),
                fields=["completeness", "id"],
                name="company_by_completeness",
            ),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(
                condition=models.Q(("merged_into__isnull", True)),
                fields=["sort_key", "id"],
                name="person_by_name",
            ),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(
                condition=models.Q(("merged_into__isnull", True)),
                fields=["team", "sort_key", "id"],
                name="person_by_team",
            ),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(
                condition=models.Q(("merged_into__isnull", True)),
                fields=["owner", "sort_key", "id"],
                name="person_by_owner",
            ),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(
                condition=models.Q(("merged_into__isnull", True)),
                fields=["updated_at", "id"],
                name="person_by_change",
            ),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(
                condition=models.Q(("merged_into__isnull", True)),
                fields=["confirmed_on", "id"],
                name="person_by_confirmation",
            ),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(
                condition=models.Q(("merged_into__isnull", True)),
                fields=["completeness", "id"],
                name="person_by_completeness",
            ),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(
                condition=models.Q(("merged_into__isnull", True)),
                fields=["given_key", "sort_key", "id"],
                name="person_by_given_name",
            ),
        ),
    ]

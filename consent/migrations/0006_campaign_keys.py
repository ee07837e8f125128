"""Moments as numbers that PostgreSQL can compare, and what the suppression list knows points by."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

UNPACK = """
    CREATE FUNCTION pg_temp.unpacked(packed bytea) RETURNS bigint[] LANGUAGE sql AS $$
        SELECT array_agg(('x' || encode(substr(packed, 8 * n + 1, 8), 'hex'))::bit(64)::bigint
                         ORDER BY n)
        FROM generate_series(0, length(packed) / 8 - 1) n
    $$;
    ALTER TABLE consent_subjectdigest
        ALTER COLUMN moments TYPE bigint[] USING pg_temp.unpacked(moments);
    DROP FUNCTION pg_temp.unpacked(bytea);
"""
PACK = """
    CREATE FUNCTION pg_temp.packed(moments bigint[]) RETURNS bytea LANGUAGE sql AS $$
        SELECT string_agg(int8send(moment), '' ORDER BY n)
        FROM unnest(moments) WITH ORDINALITY m(moment, n)
    $$;
    ALTER TABLE consent_subjectdigest
        ALTER COLUMN moments TYPE bytea USING pg_temp.packed(moments);
    DROP FUNCTION pg_temp.packed(bigint[]);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("consent", "0005_requests"),
        ("contacts", "0007_name_two_more_sources"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(UNPACK, PACK)],
            state_operations=[
                migrations.AlterField(
                    model_name="subjectdigest",
                    name="moments",
                    field=django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), size=None
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="digestprogress",
            name="keyed_to",
            field=models.BigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="digestprogress",
            name="keyed_with",
            field=models.BinaryField(default=bytes, max_length=8),
        ),
        migrations.CreateModel(
            name="PointKey",
            fields=[
                (
                    "contact_point",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="contacts.contactpoint",
                    ),
                ),
                ("match_key", models.BinaryField(max_length=32)),
                ("of_value", models.BigIntegerField()),
            ],
        ),
    ]

"""Every contact point has a row for its key, by triggers: none is forgotten, none is of an old
value."""

from django.db import migrations, models

OUT_OF_DATE = """
    UPDATE consent_pointkey k SET match_key = NULL
    FROM contacts_contactpoint c
    WHERE c.id = k.contact_point_id
      AND k.of_value <> hashtextextended((c.kind || ' ' || c.normalised) COLLATE "C", 0);
"""
ROWS = """
    CREATE FUNCTION consent_point_added() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        INSERT INTO consent_pointkey (contact_point_id) SELECT id FROM added;
        RETURN NULL;
    END $$;
    CREATE FUNCTION consent_point_changed() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        UPDATE consent_pointkey SET match_key = NULL, edition = edition + 1
        WHERE contact_point_id = NEW.id;
        RETURN NULL;
    END $$;

    CREATE TRIGGER consent_point_added AFTER INSERT ON contacts_contactpoint
        REFERENCING NEW TABLE AS added
        FOR EACH STATEMENT EXECUTE FUNCTION consent_point_added();
    CREATE TRIGGER consent_point_changed AFTER UPDATE ON contacts_contactpoint
        FOR EACH ROW WHEN ((OLD.kind, OLD.normalised) IS DISTINCT FROM (NEW.kind, NEW.normalised))
        EXECUTE FUNCTION consent_point_changed();

    INSERT INTO consent_pointkey (contact_point_id)
    SELECT id FROM contacts_contactpoint ON CONFLICT DO NOTHING;
    SET CONSTRAINTS ALL IMMEDIATE;
"""
NO_ROWS = """
    DROP TRIGGER consent_point_added ON contacts_contactpoint;
    DROP TRIGGER consent_point_changed ON contacts_contactpoint;
    DROP FUNCTION consent_point_added(), consent_point_changed();
    DELETE FROM consent_pointkey;
    SET CONSTRAINTS ALL IMMEDIATE;
"""


class Migration(migrations.Migration):
    dependencies = [("consent", "0008_sign_up_forms")]

    operations = [
        migrations.AlterField(
            model_name="pointkey",
            name="match_key",
            field=models.BinaryField(max_length=32, null=True),
        ),
        migrations.RunSQL(OUT_OF_DATE, migrations.RunSQL.noop),
        migrations.RemoveField(model_name="pointkey", name="of_value"),
        migrations.RemoveField(model_name="digestprogress", name="keyed_to"),
        migrations.AddField(
            model_name="pointkey",
            name="edition",
            field=models.IntegerField(db_default=0),
        ),
        migrations.RunSQL(ROWS, NO_ROWS),
        migrations.AddIndex(
            model_name="pointkey",
            index=models.Index(
                condition=models.Q(("match_key", None)),
                fields=["contact_point"],
                name="point_without_key",
            ),
        ),
    ]

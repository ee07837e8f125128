from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("history", "0008_partial_lead_files")]

    operations = [
        migrations.AddField(
            model_name="leadcapture",
            name="promised_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="leadcapture",
            name="dropped_because",
            field=models.CharField(blank=True, default="", max_length=200),
        ),
    ]

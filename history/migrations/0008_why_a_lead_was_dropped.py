from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("history", "0007_fairs")]

    operations = [
        migrations.AddField(
            model_name="leadcapture",
            name="dropped_because",
            field=models.CharField(blank=True, default="", max_length=200),
        ),
    ]

"""Short lists of what is not yet sorted into the search indexes.

New entries of a GIN index wait in a list that every search reads from front to back; at the
default of 4 MB that costs up to 9 ms per look-up after an import, at 512 kB about one.
"""

from django.contrib.postgres.indexes import GinIndex
from django.db import migrations

INDEXES = {"company": "company_search", "person": "person_search"}


class Migration(migrations.Migration):
    dependencies = [("contacts", "0002_find_addresses_by_city")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    f"ALTER INDEX {index} SET (gin_pending_list_limit = 512)",
                    f"ALTER INDEX {index} RESET (gin_pending_list_limit)",
                )
                for index in INDEXES.values()
            ],
            state_operations=[
                operation
                for model, index in INDEXES.items()
                for operation in (
                    migrations.RemoveIndex(model_name=model, name=index),
                    migrations.AddIndex(
                        model_name=model,
                        index=GinIndex(fields=["search"], gin_pending_list_limit=512, name=index),
                    ),
                )
            ],
        )
    ]

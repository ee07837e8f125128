from django.apps import AppConfig
from django.db.backends.signals import connection_created


class KernelConfig(AppConfig):
    name = "crm.kernel"
    label = "kernel"

    def ready(self) -> None:
        from crm import celery  # noqa: F401 - lets every process find the queues
        from crm.kernel import prepared
        from crm.kernel.erasing import entries_about
        from crm.kernel.models import AuditEntry
        from crm.kernel.personal_data import Declaration, Erasure, Merging, declare

        connection_created.connect(prepared.let_plan)
        declare(
            Declaration(
                model=AuditEntry,
                data_kind="Änderungsprotokoll",
                subject=("object_type", "object_id"),
                retention="audit",
                exported=("at", "action", "changes"),
                erasure=Erasure.ANONYMISE,
                merging=Merging.STAY,
                rows=entries_about,
            )
        )

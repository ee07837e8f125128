from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "crm.kernel"
    label = "kernel"

    def ready(self) -> None:
        from crm import celery  # noqa: F401 - lets every process find the queues
        from crm.kernel.erasing import entries_about
        from crm.kernel.models import AuditEntry
        from crm.kernel.personal_data import Declaration, Erasure, Merging, declare

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

"""The five roles exist in every installation, with a visibility to start from."""

from crm.accounts.models import Role, RoleCode, Visibility

FIRST_VISIBILITY: dict[str, str] = {
    RoleCode.SALES: Visibility.TEAM,
    RoleCode.SERVICE: Visibility.ALL,
    RoleCode.TEAM_LEAD: Visibility.TEAM,
    RoleCode.PRIVACY: Visibility.ALL,
    RoleCode.ADMIN: Visibility.ALL,
}


def ensure(*, using: str = "default") -> None:
    """Create the roles that are missing; runs after every migration."""
    for code, visibility in FIRST_VISIBILITY.items():
        Role.objects.using(using).get_or_create(code=code, defaults={"visibility": visibility})

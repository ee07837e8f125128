"""Contact points as a stranger may see them: enough to know one's own, too little to learn one."""

from contacts.models import ContactPoint, ContactPointKind


def masked(point: ContactPoint) -> str:
    """``h…r@havelberg.example``, ``… 386``; whoever owns it recognises it."""
    shown = point.display
    if point.kind == ContactPointKind.EMAIL:
        name, _at, domain = shown.partition("@")
        ends = name[0] + "…" + (name[-1] if len(name) > 3 else "")
        return f"{ends}@{domain}"
    if point.kind in (ContactPointKind.PHONE, ContactPointKind.MOBILE, ContactPointKind.FAX):
        digits = [sign for sign in shown if sign.isdigit()]
        return "… " + "".join(digits[-3:])
    if point.kind == ContactPointKind.POSTAL:
        return shown.rpartition(", ")[2]
    return shown[:1] + "…"

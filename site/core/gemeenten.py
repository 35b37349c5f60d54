"""Belonging to a municipality is proven, never declared."""

from django.utils import timezone

from .models import Contact, Gemeente


def domain_of(email: str) -> str:
    return email.rpartition("@")[2].lower()


def gemeente_of_domain(domain: str) -> Gemeente | None:
    """The one municipality that has this mail domain; None when none or several have it.

    Only an exact domain counts: a sub-domain or look-alike is somebody else.
    """
    on = timezone.localdate()
    found = [
        gemeente
        for gemeente in Gemeente.objects.valid_on(on).exclude(mail_domains=[])
        if domain in gemeente.mail_domains
    ]
    return found[0] if len(found) == 1 else None


def proven_gemeente(contact: Contact | None) -> Gemeente | None:
    """The municipality proven by a confirmed address; None without proof."""
    if contact is None or contact.confirmed_at is None:
        return None
    return gemeente_of_domain(domain_of(contact.email))

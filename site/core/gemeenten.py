"""Municipalities by name, and belonging to one: that is proven, never declared."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.core.validators import DomainNameValidator
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from .models import Contact, Gemeente


def gemeenten_named(name: str) -> list[Gemeente]:
    """Municipalities with this name or other name, those of today first; case, accents and
    signs aside ('s Gravenhage')."""
    wanted = slugify(name)
    if not wanted:
        return []
    today = timezone.localdate()
    found = [
        gemeente
        for gemeente in Gemeente.objects.select_related("opvolger").order_by("code")
        if wanted in map(slugify, (gemeente.naam, *gemeente.aliases))
    ]
    return sorted(found, key=lambda gemeente: not gemeente.exists_on(today))


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


def check_domains(domains: Sequence[str], gemeente: Gemeente) -> list[str]:
    """The domains in one form, each once.

    Raises ValidationError for what is no domain, and for a domain of another
    municipality: a shared one proves nothing of either.
    """
    is_domain = DomainNameValidator(accept_idna=False)
    found: list[str] = []
    for typed in domains:
        domain = typed.strip().lower().removeprefix("@").removesuffix(".")
        try:
            is_domain(domain)
        except ValidationError:
            raise ValidationError(
                {
                    "mail_domains": _(
                        "‘%(typed)s’ is geen domein. Schrijf het deel na de @, zoals meppel.nl."
                    )
                    % {"typed": typed}
                }
            ) from None
        if domain not in found:
            found.append(domain)
    others = Gemeente.objects.valid_on(timezone.localdate()).exclude(pk=gemeente.pk)
    for other in others.exclude(mail_domains=[]):
        if shared := set(found) & set(other.mail_domains):
            raise ValidationError(
                {
                    "mail_domains": _(
                        "%(domain)s staat al bij %(gemeente)s. Een gedeeld domein bewijst niet bij welke gemeente iemand hoort."
                    )
                    % {"domain": min(shared), "gemeente": other.naam}
                }
            )
    return found

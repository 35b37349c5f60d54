"""Municipalities by name, and belonging to one: that is proven, never declared."""

from collections.abc import Mapping, Sequence

from django.core.exceptions import ValidationError
from django.core.validators import DomainNameValidator
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from .models import Contact, Gemeente, Toelating


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


def gemeente_by_domain() -> dict[str, Gemeente]:
    """The municipality of each mail domain; a domain that several have proves nothing."""
    found: dict[str, Gemeente] = {}
    shared: set[str] = set()
    on = timezone.localdate()
    for gemeente in Gemeente.objects.valid_on(on).exclude(mail_domains=[]):
        for domain in set(gemeente.mail_domains):
            if domain in found:
                shared.add(domain)
            found[domain] = gemeente
    return {domain: found[domain] for domain in found.keys() - shared}


def gemeente_of_domain(domain: str) -> Gemeente | None:
    """The one municipality that has this mail domain; None when none or several have it.

    Only an exact domain counts: a sub-domain or look-alike is somebody else.
    """
    return gemeente_by_domain().get(domain)


def gemeente_of_address(contact: Contact | None) -> Gemeente | None:
    """The municipality that a confirmed address itself proves, by its domain."""
    if contact is None or contact.confirmed_at is None:
        return None
    return gemeente_of_domain(domain_of(contact.email))


def proven_gemeenten(contact: Contact | None) -> list[Gemeente]:
    """The municipalities that somebody is proven to belong to, that of the address first.

    Beside the domain of a confirmed address an accepted admission is proof, as long as the
    address of the colleague who gave it proves that municipality. So who was admitted
    proves nothing of others.
    """
    if contact is None or contact.confirmed_at is None:
        return []
    by_domain = gemeente_by_domain()
    own = by_domain.get(domain_of(contact.email))
    rows = (
        Toelating.objects.accepted()
        .filter(contact=contact)
        .select_related("admitted_by", "gemeente")
    )
    admitted = [row.gemeente for row in rows if counts(row, by_domain)]
    return list(dict.fromkeys([own, *admitted] if own else admitted))


def counts(row: Toelating, by_domain: Mapping[str, Gemeente]) -> bool:
    """Whether the address of who gave an admission still proves that gemeente."""
    giver = row.admitted_by
    found = by_domain.get(domain_of(giver.email)) if giver.confirmed_at else None
    return found is not None and found.pk == row.gemeente_id


def proven_gemeente(contact: Contact | None) -> Gemeente | None:
    """The one municipality of somebody: that of the address, or else of the only
    admission; None without proof or when it could be several."""
    found = proven_gemeenten(contact)
    if len(found) > 1:
        return gemeente_of_address(contact)
    return found[0] if found else None


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

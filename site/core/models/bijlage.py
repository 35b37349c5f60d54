import uuid

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.files.storage import storages
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


def private_storage():
    return storages["private"]


def private_name(instance: "Bijlage", filename: str) -> str:
    return f"bijlagen/{instance.id.hex[:2]}/{instance.id.hex}"


class Bijlage(models.Model):
    """A private file; who may have it is decided by the rule of its owner object.

    Some stand there by name only: held until the scanner said it is clean, with a virus
    (the bytes are gone, the digest stays), not to be looked into, or of a refused kind.
    """

    class Scan(models.TextChoices):
        NIET_NODIG = "niet nodig", _("niet nodig")
        WACHT = "wacht", _("wacht")
        SCHOON = "schoon", _("schoon")
        BESMET = "besmet", _("besmet")
        ONCONTROLEERBAAR = "oncontroleerbaar", _("niet te controleren")

    class Geweigerd(models.TextChoices):
        SOORT = "soort", _("soort bestand")
        GROOT = "groot", _("te groot")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    file = models.FileField(upload_to=private_name, storage=private_storage)
    name = models.CharField(_("naam"), max_length=200)
    content_type_name = models.CharField(_("soort"), max_length=100)
    size = models.PositiveBigIntegerField(_("grootte"))
    sha256 = models.CharField(max_length=64)
    owner_type = models.ForeignKey(ContentType, models.PROTECT, null=True, blank=True)
    owner_id = models.PositiveBigIntegerField(null=True, blank=True)
    owner = GenericForeignKey("owner_type", "owner_id")
    created_at = models.DateTimeField(auto_now_add=True)
    scan = models.CharField(
        _("viruscontrole"),
        max_length=16,
        choices=Scan.choices,
        default=Scan.NIET_NODIG,
    )
    geweigerd = models.CharField(
        _("geweigerd om"), max_length=8, choices=Geweigerd.choices, blank=True
    )

    class Meta:
        verbose_name = _("bijlage")
        verbose_name_plural = _("bijlagen")
        indexes = [
            models.Index(fields=["owner_type", "owner_id"], name="bijlage_owner"),
            # Asked by /-/readyz.
            models.Index(
                fields=["created_at"],
                condition=models.Q(scan="wacht"),
                name="bijlage_waits_for_scan",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_served(self) -> bool:
        return (
            bool(self.file)
            and not self.geweigerd
            and self.scan in (self.Scan.NIET_NODIG, self.Scan.SCHOON)
        )

    @property
    def waarom_niet(self) -> str:
        """Why the file is not there to open, in one or two sentences."""
        if self.scan == self.Scan.BESMET:
            return gettext("In dit bestand zat een virus. Wij hebben het verwijderd.")
        if self.scan == self.Scan.ONCONTROLEERBAAR:
            return gettext(
                "Wij kunnen dit bestand niet controleren op virussen. Zit er een wachtwoord op? Stuur het dan zonder wachtwoord."
            )
        if self.geweigerd == self.Geweigerd.SOORT:
            return gettext(
                "Deze soort bestand nemen wij niet aan. Stuur het bijvoorbeeld als PDF of Word (docx)."
            )
        if self.geweigerd == self.Geweigerd.GROOT:
            return gettext("Dit bestand is te groot. Stuur een kleiner bestand.")
        if self.scan == self.Scan.WACHT:
            return gettext(
                "Wij controleren dit bestand nog. Kijk over een paar minuten opnieuw."
            )
        return ""

import uuid

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.files.storage import storages
from django.db import models
from django.utils.translation import gettext_lazy as _


def private_storage():
    return storages["private"]


def private_name(instance: "Bijlage", filename: str) -> str:
    return f"bijlagen/{instance.id.hex[:2]}/{instance.id.hex}"


class Bijlage(models.Model):
    """A private file; who may have it is decided by the rule of its owner object."""

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

    class Meta:
        verbose_name = _("bijlage")
        verbose_name_plural = _("bijlagen")
        indexes = [
            models.Index(fields=["owner_type", "owner_id"], name="bijlage_owner")
        ]

    def __str__(self) -> str:
        return self.name

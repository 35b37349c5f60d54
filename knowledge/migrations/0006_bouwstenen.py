"""The building block of every article, and what editors handed in."""

from typing import Any

from django.conf import settings
from django.db import migrations, models
from django.db.models import deletion

from knowledge.regelingen.bouwstenen import bouwsteen_of

CHOICES = [
    ("begrippen", "Begripsbepalingen"),
    ("reikwijdte", "Doel en reikwijdte"),
    ("vergunningplicht", "Vergunningplicht"),
    ("categorieen", "Urgentiecategorieën"),
    ("voorwaarden", "Voorwaarden"),
    ("weigeringsgronden", "Weigeringsgronden"),
    ("aanvraag", "Aanvraag en bewijsstukken"),
    ("advies", "Advies en commissie"),
    ("beslistermijn", "Beslissing en termijn"),
    ("geldigheidsduur", "Inhoud en geldigheidsduur"),
    ("zoekprofiel", "Zoekprofiel"),
    ("rangorde", "Rangorde en voorrang"),
    ("bemiddeling", "Aanbod en bemiddeling"),
    ("intrekking", "Wijziging en intrekking"),
    ("mandaat", "Mandaat"),
    ("hardheidsclausule", "Hardheidsclausule"),
    ("leges", "Leges en kosten"),
    ("bezwaar", "Bezwaar en beroep"),
    ("monitoring", "Monitoring en verslag"),
    ("toezicht", "Toezicht en boete"),
    ("overgangsrecht", "Overgangsrecht"),
    ("slotbepalingen", "Slotbepalingen"),
]


def classify(apps: Any, schema_editor: Any) -> None:
    rows = apps.get_model("knowledge", "ArtikelRij").objects
    batch = []
    for row in rows.only("title", "text", "path").iterator(chunk_size=500):
        row.bouwsteen = bouwsteen_of(row.title, row.text, row.path)
        batch.append(row)
        if len(batch) == 500:
            rows.bulk_update(batch, ["bouwsteen"])
            batch = []
    rows.bulk_update(batch, ["bouwsteen"])


class Migration(migrations.Migration):
    dependencies = [
        ("knowledge", "0005_modellen_en_concepten"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="artikelrij",
            name="bouwsteen",
            field=models.CharField(
                blank=True,
                choices=CHOICES,
                help_text="Waar het artikel vooral over gaat. Leeg als geen bouwsteen past.",
                max_length=30,
                verbose_name="bouwsteen",
            ),
        ),
        migrations.AddField(
            model_name="artikelrij",
            name="bouwsteen_by_hand",
            field=models.BooleanField(
                default=False, verbose_name="bouwsteen gekozen door de redactie"
            ),
        ),
        migrations.CreateModel(
            name="Inlezing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="op")),
                ("publish", models.BooleanField(default=False, verbose_name="meteen openbaar")),
                ("uploads", models.JSONField(default=list)),
                ("numbers", models.JSONField(default=list)),
                ("taken", models.JSONField(default=list)),
                ("done_at", models.DateTimeField(null=True, verbose_name="klaar op")),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=deletion.SET_NULL,
                        related_name="inlezingen",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="door",
                    ),
                ),
            ],
            options={
                "verbose_name": "inlezing",
                "verbose_name_plural": "inlezingen",
                "ordering": ["-created_at", "-pk"],
            },
        ),
        migrations.RunPython(classify, migrations.RunPython.noop, elidable=True),
    ]

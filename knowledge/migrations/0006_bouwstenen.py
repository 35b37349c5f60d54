"""Every article gets its building block; those that are there, by the rules."""

from typing import Any

from django.db import migrations, models

from knowledge.choices import ArtikelBouwsteen
from knowledge.regelingen.bouwstenen import bouwsteen_of


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
    dependencies = [("knowledge", "0003_legal_texts")]

    operations = [
        migrations.AddField(
            model_name="artikelrij",
            name="bouwsteen",
            field=models.CharField(
                blank=True,
                choices=ArtikelBouwsteen.choices,
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
        migrations.RunPython(classify, migrations.RunPython.noop, elidable=True),
    ]

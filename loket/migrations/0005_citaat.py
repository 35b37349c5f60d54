from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("loket", "0004_inkomend")]

    operations = [
        migrations.AddField(
            model_name="bericht",
            name="citaat",
            field=models.TextField(
                blank=True,
                default="",
                help_text="Wat in een mail om de nieuwe tekst heen stond: eerdere mails, handtekening.",
            ),
            preserve_default=False,
        ),
    ]

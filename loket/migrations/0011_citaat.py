from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("loket", "0003_phase_origin_clock_and_form_key")]

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

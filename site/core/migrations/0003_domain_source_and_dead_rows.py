from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0002_loketgegevens'),
    ]

    operations = [
        migrations.AddField(
            model_name='gemeente',
            name='mail_domains_bron',
            field=models.CharField(blank=True, max_length=120, verbose_name='bron van de maildomeinen'),
        ),
        migrations.AddIndex(
            model_name='outbox',
            index=models.Index(condition=models.Q(('dead_at__isnull', False), ('done_at', None)), fields=['-dead_at'], name='outbox_dead'),
        ),
    ]

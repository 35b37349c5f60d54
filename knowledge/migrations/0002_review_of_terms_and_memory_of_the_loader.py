import django.db.models.deletion
import wagtail.fields
from django.db import migrations, models


def remember_loaded(apps, schema_editor):
    """From two fields on every page to one row per loaded page, which outlives it."""
    page_model = apps.get_model("knowledge", "KennisPagina")
    row_model = apps.get_model("knowledge", "Startinhoud")
    rows = {}
    for page in page_model.objects.exclude(starter_key="").order_by("-pk"):
        # A copy of a page carried the key too; the oldest is the one that was loaded.
        rows[page.starter_key] = row_model(
            key=page.starter_key, hash=page.starter_hash, pagina_id=page.pk
        )
    row_model.objects.bulk_create(rows.values())


def put_back(apps, schema_editor):
    page_model = apps.get_model("knowledge", "KennisPagina")
    for row in apps.get_model("knowledge", "Startinhoud").objects.exclude(pagina=None):
        page_model.objects.filter(pk=row.pagina_id).update(
            starter_key=row.key, starter_hash=row.hash
        )


class Migration(migrations.Migration):

    dependencies = [
        ('knowledge', '0001_initial'),
        ('wagtailcore', '0098_apitoken'),
    ]

    operations = [
        migrations.AddField(
            model_name='begrip',
            name='expire_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='expiry date/time'),
        ),
        migrations.AddField(
            model_name='begrip',
            name='expired',
            field=models.BooleanField(default=False, editable=False, verbose_name='expired'),
        ),
        migrations.AddField(
            model_name='begrip',
            name='first_published_at',
            field=models.DateTimeField(blank=True, db_index=True, null=True, verbose_name='first published at'),
        ),
        migrations.AddField(
            model_name='begrip',
            name='go_live_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='go live date/time'),
        ),
        migrations.AddField(
            model_name='begrip',
            name='has_unpublished_changes',
            field=models.BooleanField(default=False, editable=False, verbose_name='has unpublished changes'),
        ),
        migrations.AddField(
            model_name='begrip',
            name='last_published_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='last published at'),
        ),
        migrations.AddField(
            model_name='begrip',
            name='latest_revision',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision', verbose_name='latest revision'),
        ),
        migrations.AddField(
            model_name='begrip',
            name='live',
            field=models.BooleanField(default=True, editable=False, verbose_name='live'),
        ),
        migrations.AddField(
            model_name='begrip',
            name='live_revision',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision', verbose_name='live revision'),
        ),
        migrations.AddField(
            model_name='kerncijfer',
            name='expire_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='expiry date/time'),
        ),
        migrations.AddField(
            model_name='kerncijfer',
            name='expired',
            field=models.BooleanField(default=False, editable=False, verbose_name='expired'),
        ),
        migrations.AddField(
            model_name='kerncijfer',
            name='first_published_at',
            field=models.DateTimeField(blank=True, db_index=True, null=True, verbose_name='first published at'),
        ),
        migrations.AddField(
            model_name='kerncijfer',
            name='go_live_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='go live date/time'),
        ),
        migrations.AddField(
            model_name='kerncijfer',
            name='has_unpublished_changes',
            field=models.BooleanField(default=False, editable=False, verbose_name='has unpublished changes'),
        ),
        migrations.AddField(
            model_name='kerncijfer',
            name='last_published_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='last published at'),
        ),
        migrations.AddField(
            model_name='kerncijfer',
            name='latest_revision',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision', verbose_name='latest revision'),
        ),
        migrations.AddField(
            model_name='kerncijfer',
            name='live',
            field=models.BooleanField(default=True, editable=False, verbose_name='live'),
        ),
        migrations.AddField(
            model_name='kerncijfer',
            name='live_revision',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision', verbose_name='live revision'),
        ),
        migrations.AlterField(
            model_name='financiering',
            name='vensters',
            field=wagtail.fields.StreamField([('venster', 8)], blank=True, block_lookup={0: ('wagtail.blocks.CharBlock', (), {'label': 'Ronde'}), 1: ('wagtail.blocks.DateBlock', (), {'label': 'Opent op', 'required': False}), 2: ('wagtail.blocks.DateBlock', (), {'label': 'Sluit op', 'required': False}), 3: ('wagtail.blocks.CharBlock', (), {'label': 'Budget, met jaar', 'required': False}), 4: ('wagtail.snippets.blocks.SnippetChooserBlock', ('knowledge.Bron',), {'label': 'Bron'}), 5: ('wagtail.blocks.CharBlock', (), {'help_text': 'Bijvoorbeeld: actielijn 3, of artikel 12.', 'label': 'Plaats in de bron', 'required': False}), 6: ('wagtail.blocks.StructBlock', [[('bron', 4), ('plaats', 5)]], {}), 7: ('wagtail.blocks.ListBlock', (6,), {'default': [], 'help_text': 'Verplicht voor publicatie: minstens één bron.', 'label': 'Bronnen'}), 8: ('wagtail.blocks.StructBlock', [[('naam', 0), ('opent', 1), ('sluit', 2), ('budget', 3), ('bronnen', 7)]], {'label': 'Ronde'})}, verbose_name='rondes'),
        ),
        migrations.AlterField(
            model_name='financiering',
            name='voorwaarden',
            field=wagtail.fields.StreamField([('voorwaarde', 5)], blank=True, block_lookup={0: ('wagtail.blocks.TextBlock', (), {'label': 'Voorwaarde', 'rows': 2}), 1: ('wagtail.snippets.blocks.SnippetChooserBlock', ('knowledge.Bron',), {'label': 'Bron'}), 2: ('wagtail.blocks.CharBlock', (), {'help_text': 'Bijvoorbeeld: actielijn 3, of artikel 12.', 'label': 'Plaats in de bron', 'required': False}), 3: ('wagtail.blocks.StructBlock', [[('bron', 1), ('plaats', 2)]], {}), 4: ('wagtail.blocks.ListBlock', (3,), {'default': [], 'help_text': 'Verplicht voor publicatie: minstens één bron.', 'label': 'Bronnen'}), 5: ('wagtail.blocks.StructBlock', [[('tekst', 0), ('bronnen', 4)]], {'label': 'Voorwaarde'})}, verbose_name='voorwaarden'),
        ),
        migrations.AlterField(
            model_name='kennispagina',
            name='secties',
            field=wagtail.fields.StreamField([('sectie', 9)], blank=True, block_lookup={0: ('wagtail.blocks.CharBlock', (), {'label': 'Kop', 'max_length': 120}), 1: ('wagtail.blocks.RegexBlock', ('^[a-z0-9-]*$',), {'error_messages': {'invalid': 'Gebruik alleen kleine letters, cijfers en streepjes.'}, 'help_text': 'Het adres van dit deel van de pagina. Laat leeg: wij maken het bij de eerste publicatie, en daarna blijft het zo.', 'label': 'Anker', 'max_length': 80, 'required': False}), 2: ('wagtail.blocks.RichTextBlock', (), {'features': ['h3', 'h4', 'bold', 'italic', 'ol', 'ul', 'link', 'document-link', 'blockquote'], 'label': 'Tekst'}), 3: ('wagtail.contrib.table_block.blocks.TableBlock', (), {'label': 'Tabel', 'table_options': {'minSpareRows': 0}}), 4: ('wagtail.blocks.StreamBlock', [[('tekst', 2), ('tabel', 3)]], {'label': 'Inhoud', 'min_num': 1}), 5: ('wagtail.snippets.blocks.SnippetChooserBlock', ('knowledge.Bron',), {'label': 'Bron'}), 6: ('wagtail.blocks.CharBlock', (), {'help_text': 'Bijvoorbeeld: actielijn 3, of artikel 12.', 'label': 'Plaats in de bron', 'required': False}), 7: ('wagtail.blocks.StructBlock', [[('bron', 5), ('plaats', 6)]], {}), 8: ('wagtail.blocks.ListBlock', (7,), {'default': [], 'help_text': 'Verplicht voor publicatie: minstens één bron.', 'label': 'Bronnen'}), 9: ('wagtail.blocks.StructBlock', [[('kop', 0), ('anker', 1), ('inhoud', 4), ('bronnen', 8)]], {})}, verbose_name='secties'),
        ),
        migrations.AlterField(
            model_name='praktijkvoorbeeld',
            name='feiten',
            field=wagtail.fields.StreamField([('feit', 7)], blank=True, block_lookup={0: ('wagtail.blocks.CharBlock', (), {'label': 'Wat'}), 1: ('wagtail.blocks.CharBlock', (), {'label': 'Waarde'}), 2: ('wagtail.blocks.CharBlock', (), {'help_text': "Niet bekend? Schrijf 'onbekend'.", 'label': 'Jaar'}), 3: ('wagtail.snippets.blocks.SnippetChooserBlock', ('knowledge.Bron',), {'label': 'Bron'}), 4: ('wagtail.blocks.CharBlock', (), {'help_text': 'Bijvoorbeeld: actielijn 3, of artikel 12.', 'label': 'Plaats in de bron', 'required': False}), 5: ('wagtail.blocks.StructBlock', [[('bron', 3), ('plaats', 4)]], {}), 6: ('wagtail.blocks.ListBlock', (5,), {'default': [], 'help_text': 'Verplicht voor publicatie: minstens één bron.', 'label': 'Bronnen'}), 7: ('wagtail.blocks.StructBlock', [[('label', 0), ('waarde', 1), ('jaar', 2), ('bronnen', 6)]], {'label': 'Feit'})}, verbose_name='feiten'),
        ),
        migrations.AlterField(
            model_name='stappenplan',
            name='stappen',
            field=wagtail.fields.StreamField([('stap', 11)], blank=True, block_lookup={0: ('wagtail.blocks.CharBlock', (), {'label': 'Stap', 'max_length': 120}), 1: ('wagtail.blocks.RegexBlock', ('^[a-z0-9-]*$',), {'error_messages': {'invalid': 'Gebruik alleen kleine letters, cijfers en streepjes.'}, 'help_text': 'Het adres van dit deel van de pagina. Laat leeg: wij maken het bij de eerste publicatie, en daarna blijft het zo.', 'label': 'Anker', 'max_length': 80, 'required': False}), 2: ('wagtail.blocks.TextBlock', (), {'label': 'Doel', 'rows': 2}), 3: ('wagtail.blocks.CharBlock', (), {}), 4: ('wagtail.blocks.ListBlock', (3,), {'label': 'Wat u doet'}), 5: ('wagtail.blocks.ListBlock', (3,), {'default': [], 'label': 'Klaar als'}), 6: ('wagtail.blocks.ListBlock', (3,), {'default': [], 'label': 'Wie'}), 7: ('wagtail.snippets.blocks.SnippetChooserBlock', ('knowledge.Bron',), {'label': 'Bron'}), 8: ('wagtail.blocks.CharBlock', (), {'help_text': 'Bijvoorbeeld: actielijn 3, of artikel 12.', 'label': 'Plaats in de bron', 'required': False}), 9: ('wagtail.blocks.StructBlock', [[('bron', 7), ('plaats', 8)]], {}), 10: ('wagtail.blocks.ListBlock', (9,), {'default': [], 'help_text': 'Verplicht voor publicatie: minstens één bron.', 'label': 'Bronnen'}), 11: ('wagtail.blocks.StructBlock', [[('titel', 0), ('anker', 1), ('doel', 2), ('checklist', 4), ('bewijs', 5), ('rollen', 6), ('bronnen', 10)]], {'label': 'Stap'})}, verbose_name='stappen'),
        ),
        migrations.AlterField(
            model_name='wet',
            name='statussen',
            field=wagtail.fields.StreamField([('status', 7)], blank=True, block_lookup={0: ('wagtail.blocks.RegexBlock', ('^\\d{4}(-\\d{2}(-\\d{2})?)?$',), {'error_messages': {'invalid': 'Schrijf de datum als 2024, 2024-07 of 2024-07-01.'}, 'label': 'Datum'}), 1: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('geldend', 'Geldt'), ('aangekondigd', 'Aangekondigd'), ('onzeker', 'Nog onzeker'), ('vervallen', 'Vervallen')], 'label': 'Status'}), 2: ('wagtail.blocks.TextBlock', (), {'label': 'Wat gebeurde er', 'rows': 2}), 3: ('wagtail.snippets.blocks.SnippetChooserBlock', ('knowledge.Bron',), {'label': 'Bron'}), 4: ('wagtail.blocks.CharBlock', (), {'help_text': 'Bijvoorbeeld: actielijn 3, of artikel 12.', 'label': 'Plaats in de bron', 'required': False}), 5: ('wagtail.blocks.StructBlock', [[('bron', 3), ('plaats', 4)]], {}), 6: ('wagtail.blocks.ListBlock', (5,), {'default': [], 'help_text': 'Verplicht voor publicatie: minstens één bron.', 'label': 'Bronnen'}), 7: ('wagtail.blocks.StructBlock', [[('datum', 0), ('status', 1), ('tekst', 2), ('bronnen', 6)]], {'label': 'Stap'})}, verbose_name='tijdlijn'),
        ),
        migrations.CreateModel(
            name='Startinhoud',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(help_text='Soort en korte naam, zoals wet/huisvestingswet-2014.', max_length=160, unique=True, verbose_name='sleutel')),
                ('hash', models.CharField(blank=True, max_length=64)),
                ('pagina', models.OneToOneField(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='knowledge.kennispagina', verbose_name='pagina')),
            ],
            options={
                'verbose_name': 'startinhoud',
                'verbose_name_plural': 'startinhoud',
            },
        ),
        migrations.RunPython(remember_loaded, put_back),
        migrations.RemoveField(
            model_name='kennispagina',
            name='starter_hash',
        ),
        migrations.RemoveField(
            model_name='kennispagina',
            name='starter_key',
        ),
    ]

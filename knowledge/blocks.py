"""Blocks of the page bodies."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from .choices import Wetsstatus

TEXT_FEATURES = [
    "h3",
    "h4",
    "bold",
    "italic",
    "ol",
    "ul",
    "link",
    "document-link",
    "blockquote",
]


class BronverwijzingBlock(blocks.StructBlock):
    bron = SnippetChooserBlock("knowledge.Bron", label=_("Bron"))
    plaats = blocks.CharBlock(
        label=_("Plaats in de bron"),
        required=False,
        help_text=_("Bijvoorbeeld: actielijn 3, of artikel 12."),
    )

    class Meta:
        icon = "link"
        label = _("Bron")


def bronnen_block() -> blocks.ListBlock:
    """Sources of a block; at least one is asked at publication, not while drafting."""
    return blocks.ListBlock(
        BronverwijzingBlock(),
        label=_("Bronnen"),
        default=[],
        help_text=_("Verplicht voor publicatie: minstens één bron."),
    )


def anker_block() -> blocks.RegexBlock:
    return blocks.RegexBlock(
        r"^[a-z0-9-]*$",
        label=_("Anker"),
        required=False,
        max_length=80,
        error_messages={
            "invalid": _("Gebruik alleen kleine letters, cijfers en streepjes.")
        },
        help_text=_(
            "Het adres van dit deel van de pagina. Laat leeg: wij maken het bij de eerste publicatie, en daarna blijft het zo."
        ),
    )


class InhoudBlock(blocks.StreamBlock):
    tekst = blocks.RichTextBlock(label=_("Tekst"), features=TEXT_FEATURES)
    tabel = TableBlock(label=_("Tabel"), table_options={"minSpareRows": 0})


class SectieBlock(blocks.StructBlock):
    """A part of a page with a heading that can be linked to for ever."""

    kop = blocks.CharBlock(label=_("Kop"), max_length=120)
    anker = anker_block()
    inhoud = InhoudBlock(label=_("Inhoud"), min_num=1)
    bronnen = bronnen_block()

    class Meta:
        icon = "title"
        label = _("Sectie")


class SectiesBlock(blocks.StreamBlock):
    sectie = SectieBlock()


class StapBlock(blocks.StructBlock):
    titel = blocks.CharBlock(label=_("Stap"), max_length=120)
    anker = anker_block()
    doel = blocks.TextBlock(label=_("Doel"), rows=2)
    checklist = blocks.ListBlock(blocks.CharBlock(), label=_("Wat u doet"))
    bewijs = blocks.ListBlock(blocks.CharBlock(), label=_("Klaar als"), default=[])
    rollen = blocks.ListBlock(blocks.CharBlock(), label=_("Wie"), default=[])
    bronnen = bronnen_block()


class FeitBlock(blocks.StructBlock):
    label = blocks.CharBlock(label=_("Wat"))
    waarde = blocks.CharBlock(label=_("Waarde"))
    jaar = blocks.CharBlock(
        label=_("Jaar"), help_text=_("Niet bekend? Schrijf 'onbekend'.")
    )
    bronnen = bronnen_block()


class StatusBlock(blocks.StructBlock):
    datum = blocks.RegexBlock(
        r"^\d{4}(-\d{2}(-\d{2})?)?$",
        label=_("Datum"),
        error_messages={
            "invalid": _("Schrijf de datum als 2024, 2024-07 of 2024-07-01.")
        },
    )
    status = blocks.ChoiceBlock(choices=Wetsstatus.choices, label=_("Status"))
    tekst = blocks.TextBlock(label=_("Wat gebeurde er"), rows=2)
    bronnen = bronnen_block()


class VensterBlock(blocks.StructBlock):
    naam = blocks.CharBlock(label=_("Ronde"))
    opent = blocks.DateBlock(label=_("Opent op"), required=False)
    sluit = blocks.DateBlock(label=_("Sluit op"), required=False)
    budget = blocks.CharBlock(label=_("Budget, met jaar"), required=False)
    bronnen = bronnen_block()


class VoorwaardeBlock(blocks.StructBlock):
    tekst = blocks.TextBlock(label=_("Voorwaarde"), rows=2)
    bronnen = bronnen_block()


class DownloadBlock(blocks.StructBlock):
    document = DocumentChooserBlock(label=_("Bestand"))
    titel = blocks.CharBlock(label=_("Titel"))
    omschrijving = blocks.CharBlock(label=_("Omschrijving"), required=False)

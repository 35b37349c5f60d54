"""Vocabularies that the code owns."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Soort(models.TextChoices):
    """Kinds of knowledge page; the value is the kind in search and in addresses."""

    HANDREIKING = "handreiking", _("Handreiking")
    STAPPENPLAN = "stappenplan", _("Stappenplan")
    PRAKTIJKVOORBEELD = "praktijkvoorbeeld", _("Praktijkvoorbeeld")
    VRAAG_EN_ANTWOORD = "vraag-en-antwoord", _("Vraag en antwoord")
    DOELGROEP = "doelgroep", _("Doelgroep")
    WET = "wet", _("Wet of regel")
    FINANCIERING = "financiering", _("Geld en regelingen")
    INSTRUMENT = "instrument", _("Instrument")
    GEREEDSCHAPSKIST = "gereedschapskist", _("Gereedschapskist")
    INFOPAGINA = "infopagina", _("Over het loket")


MEERVOUD = {
    Soort.HANDREIKING: _("Handreikingen"),
    Soort.STAPPENPLAN: _("Stappenplannen"),
    Soort.PRAKTIJKVOORBEELD: _("Praktijkvoorbeelden"),
    Soort.VRAAG_EN_ANTWOORD: _("Vragen en antwoorden"),
    Soort.DOELGROEP: _("Doelgroepen"),
    Soort.WET: _("Wetten en regels"),
    Soort.FINANCIERING: _("Geld en regelingen"),
    Soort.INSTRUMENT: _("Instrumenten"),
    Soort.GEREEDSCHAPSKIST: _("Gereedschapskisten"),
}


class Actielijn(models.TextChoices):
    WOONRUIMTE = "1", _("1 Voldoende woonruimte")
    VERDELING = "2", _("2 Evenwichtige verdeling")
    COMBINEREN = "3", _("3 Wonen, zorg, welzijn en werk")
    PREVENTIE = "4", _("4 Preventie")


class Fase(models.TextChoices):
    VERKENNEN = "verkennen", _("Verkennen")
    ANALYSEREN = "analyseren", _("Analyseren")
    VISIE = "visie", _("Visie maken")
    AFSPRAKEN = "afspraken", _("Afspraken maken")
    UITVOEREN = "uitvoeren", _("Uitvoeren")
    MONITOREN = "monitoren", _("Monitoren")


class Wetsstatus(models.TextChoices):
    GELDEND = "geldend", _("Geldt")
    AANGEKONDIGD = "aangekondigd", _("Aangekondigd")
    ONZEKER = "onzeker", _("Nog onzeker")
    VERVALLEN = "vervallen", _("Vervallen")


class Regelingstatus(models.TextChoices):
    OPEN = "open", _("Open")
    STRAKS = "straks", _("Straks open")
    GESLOTEN = "gesloten", _("Gesloten")
    ONBEKEND = "onbekend", _("Onbekend")


class Bewijskracht(models.TextChoices):
    ERVARING = "ervaring", _("Ervaring van betrokkenen")
    BESCHREVEN = "beschreven", _("Beschreven resultaat")
    GEMETEN = "gemeten", _("Gemeten resultaat")
    ONDERZOCHT = "onderzocht", _("Onderzocht")


class Instrumentsoort(models.TextChoices):
    REGELGEVING = "regelgeving", _("Regelgeving")
    OVEREENKOMST = "overeenkomst", _("Overeenkomst")
    PLAN = "plan", _("Plan of visie")
    METHODE = "methode", _("Methode")
    SUBSIDIE = "subsidie", _("Subsidie")
    DATA = "data", _("Cijfers")
    INZET = "inzet", _("Inzet van mensen")
    ONDERZOEK = "onderzoek", _("Toets of onderzoek")


class Schaalniveau(models.TextChoices):
    LANDELIJK = "landelijk", _("landelijk")
    PROVINCIAAL = "provinciaal", _("provinciaal")
    REGIONAAL = "regionaal", _("regionaal")
    GEMEENTELIJK = "gemeentelijk", _("gemeentelijk")
    WIJK = "wijk", _("wijk")
    GEBOUW = "gebouw", _("gebouw")


class Zekerheid(models.TextChoices):
    PROGRAMMA = "programma", _("programmatekst of ledenbrief")
    OFFICIEEL = "officieel", _("officiële bron")
    OPENBAAR = "openbaar", _("openbare bron")
    SECUNDAIR = "secundair", _("niet bij een officiële bron bevestigd")


class ArtikelBouwsteen(models.TextChoices):
    """What an article of a regulation is mainly about; empty for anything else."""

    BEGRIPPEN = "begrippen", _("Begripsbepalingen")
    REIKWIJDTE = "reikwijdte", _("Doel en reikwijdte")
    VERGUNNINGPLICHT = "vergunningplicht", _("Vergunningplicht")
    CATEGORIEEN = "categorieen", _("Urgentiecategorieën")
    VOORWAARDEN = "voorwaarden", _("Voorwaarden")
    WEIGERINGSGRONDEN = "weigeringsgronden", _("Weigeringsgronden")
    AANVRAAG = "aanvraag", _("Aanvraag en bewijsstukken")
    ADVIES = "advies", _("Advies en commissie")
    BESLISTERMIJN = "beslistermijn", _("Beslissing en termijn")
    GELDIGHEIDSDUUR = "geldigheidsduur", _("Inhoud en geldigheidsduur")
    ZOEKPROFIEL = "zoekprofiel", _("Zoekprofiel")
    RANGORDE = "rangorde", _("Rangorde en voorrang")
    BEMIDDELING = "bemiddeling", _("Aanbod en bemiddeling")
    INTREKKING = "intrekking", _("Wijziging en intrekking")
    MANDAAT = "mandaat", _("Mandaat")
    HARDHEIDSCLAUSULE = "hardheidsclausule", _("Hardheidsclausule")
    LEGES = "leges", _("Leges en kosten")
    BEZWAAR = "bezwaar", _("Bezwaar en beroep")
    MONITORING = "monitoring", _("Monitoring en verslag")
    TOEZICHT = "toezicht", _("Toezicht en boete")
    OVERGANGSRECHT = "overgangsrecht", _("Overgangsrecht")
    SLOTBEPALINGEN = "slotbepalingen", _("Slotbepalingen")


class Grootteklasse(models.TextChoices):
    """Size of a municipality by inhabitants; ``UP_TO`` has the first number too many."""

    KLEIN = "tot-20000", _("tot 20.000 inwoners")
    MIDDELKLEIN = "20000-50000", _("20.000 tot 50.000 inwoners")
    MIDDELGROOT = "50000-100000", _("50.000 tot 100.000 inwoners")
    GROOT = "vanaf-100000", _("100.000 inwoners of meer")


UP_TO = {
    Grootteklasse.KLEIN: 20_000,
    Grootteklasse.MIDDELKLEIN: 50_000,
    Grootteklasse.MIDDELGROOT: 100_000,
}


def grootteklasse(inwoners: int | None) -> Grootteklasse | None:
    """The size class of a municipality; None while its inhabitants are not known."""
    if inwoners is None:
        return None
    return next(
        (size for size, limit in UP_TO.items() if inwoners < limit),
        Grootteklasse.GROOT,
    )

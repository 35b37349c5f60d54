"""Fictitious legal texts from which the test files are made.

One line is one part; two spaces of indent are one level: lid, onderdeel, subonderdeel.
'#' a chapter, '##' an article, '>' text without a number at that level.
"""

URGENTIE = """\
# Algemene bepalingen
## Begrippen
> In deze verordening wordt verstaan onder:
  a. college: het college van burgemeester en wethouders van Voorbeeldstad;
  b. mantelzorger: degene die langdurig en onbetaald zorgt voor een naaste:
    1° in hetzelfde huishouden, of
    2° op loopafstand van de woning;
  c. urgentieverklaring: de beslissing waarmee een woningzoekende voorrang krijgt;
  d. zoekprofiel: de omschrijving van de woonruimte waarvoor de voorrang geldt.
## Reikwijdte
1. Deze verordening geldt voor zelfstandige woonruimte met een huur tot de liberalisatiegrens.
2. Zij geldt niet voor:
  a. standplaatsen en ligplaatsen;
  b. studentenwoningen met een campuscontract.
# De urgentieverklaring
## Aanvraag
1. Een woningzoekende vraagt de verklaring aan met het formulier van het college.
2. Bij de aanvraag horen in elk geval:
  a. een bewijs van inkomen over het laatste kalenderjaar;
  b. een uittreksel uit de basisregistratie personen, waaruit blijkt:
    1° sinds wanneer de aanvrager in de gemeente woont;
    2° wie tot het huishouden horen;
    3° op welk adres zij het laatst samen woonden;
  c. als de aanvraag op medische gronden steunt: een verklaring van een arts.
3. Het college bevestigt de ontvangst binnen een week.
## Urgentiecategorieën
1. Het college geeft een verklaring aan wie:
  a. mantelzorg geeft of ontvangt;
  b. door een ernstige of langdurige ziekte niet in de eigen woning kan blijven;
  c. verblijft in een voorziening voor tijdelijke opvang vanwege geweld in huis;
  d. uitstroomt uit beschermd wonen of maatschappelijke opvang.
2. In afwijking van het eerste lid, onderdeel c, is geen binding met de gemeente nodig.
## Weigeringsgronden
> Het college weigert de verklaring als:
  a. de aanvrager het probleem zelf kan oplossen;
  b. het probleem is ontstaan door eigen toedoen;
  c. de aanvrager geen passend inkomen heeft.
## Advies
1. Het college vraagt advies aan een onafhankelijke deskundige als het dat nodig vindt.
2. De deskundige brengt binnen vier weken advies uit.
> Kan het advies niet op tijd klaar zijn, dan meldt de deskundige dat aan het college.
3. Het college zendt de aanvrager een afschrift van het advies.
## Beslistermijn
> Het college beslist binnen acht weken na ontvangst van de aanvraag.
# Inhoud en duur
## Zoekprofiel
1. De verklaring noemt het zoekprofiel: het type woning, de kamers en de wijken.
2. Een bedrag van € 879,66 (prijspeil 2024) geldt als grens voor de huur.
## Geldigheidsduur
1. De verklaring geldt zes maanden.
2. Het college kan de duur een keer met drie maanden verlengen.
3. De verklaring vervalt van rechtswege als:
  a. de aanvrager een passende woning weigert;
  b. de aanvrager verhuist.
## Rangorde
> Bij gelijke voorrang gaat de verklaring met de oudste datum voor.
## Intrekking
> Het college trekt de verklaring in als zij op onjuiste gegevens steunt.
# Slotbepalingen
## Hardheidsclausule
> Het college kan in bijzondere gevallen afwijken van deze verordening.
## Overgangsrecht
1. Op aanvragen van voor de inwerkingtreding beslist het college volgens de oude regels.
2. Verklaringen die dan gelden, blijven geldig voor hun duur.
## Inwerkingtreding
> Deze verordening treedt in werking op 1 januari 2025 en vervalt op 1 januari 2029.
## Citeertitel
> Deze verordening wordt aangehaald als: Urgentieverordening Voorbeeldstad 2025.
"""
URGENTIE_TITLE = "Urgentieverordening gemeente Voorbeeldstad 2025"
URGENTIE_FACTS = {
    "authority": "Voorbeeldstad",
    "kind": "verordening",
    "valid_from": "2025-01-01",
    "valid_until": "2029-01-01",
    "citeertitel": "Urgentieverordening Voorbeeldstad 2025",
}
AANHEF = [
    "De raad van de gemeente Voorbeeldstad;",
    "gelezen het voorstel van het college van burgemeester en wethouders van 3 september 2024;",
    "gelet op artikel 4, eerste lid, onderdeel a, en artikel 12 van de Huisvestingswet 2014;",
    "besluit vast te stellen de volgende verordening:",
]
SLUITING = [
    "Aldus vastgesteld in de openbare raadsvergadering van 12 november 2024,",
    "De griffier,",
    "A. Voorbeeld",
    "De voorzitter,",
    "B. Proef",
]
TOELICHTING_ALGEMEEN = [
    "Voor sommige mensen is een woning dringend nodig. Deze verordening regelt wie voorrang krijgt.",
    "De gemeente werkt hierin samen met de corporaties in de regio.",
]
# Place in the list of articles → what is said of it.
TOELICHTING = {
    0: "De begrippen sluiten aan bij de wet. Een mantelzorger hoeft niet in te wonen.",
    2: "Een aanvraag zonder bewijs van inkomen is niet compleet.",
    3: "De categorieën volgen uit artikel 12 van de Huisvestingswet 2014.",
    8: "Zes maanden is in de regel genoeg om een woning te vinden.",
}
HUISVESTING = """\
# Begripsbepalingen en reikwijdte
## Begripsbepalingen
> Deze verordening verstaat onder:
  a. huishouden: een of meer personen die samen een woning bewonen;
  b. woningcorporatie: een toegelaten instelling als bedoeld in de Woningwet.
## Aanwijzing van woonruimte
1. De woonruimte tot de huurprijsgrens is aangewezen.
2. Standplaatsen vallen hier niet onder.
# Huisvestingsvergunning
## Vergunningplicht
> Het is verboden aangewezen woonruimte zonder vergunning in gebruik te nemen.
## Criteria
1. Een vergunning krijgt wie:
  a. de leeftijd van achttien jaar heeft bereikt, en
  b. een inkomen heeft dat past bij de huur.
2. Het college kan een vergunning weigeren als:
  a. het huishouden te groot is voor de woning;
  b. het huishouden te klein is voor de woning.
## Volgorde
1. Huishoudens met een urgentieverklaring gaan voor.
2. Daarna gaat voor wie het langst staat ingeschreven.
3. Bij gelijke duur beslist het lot.
# Handhaving en slot
## Bestuurlijke boete
1. De boete is hoogstens € 10.300 voor een eerste overtreding.
2. Bij herhaling binnen vier jaar is de boete hoogstens € 20.750.
## Inwerkingtreding
> Deze verordening treedt in werking met ingang van 1 juli 2024.
"""
HUISVESTING_TITLE = "Huisvestingsverordening Proefdam 2024"
HUISVESTING_FACTS = {
    "authority": "",
    "kind": "verordening",
    "valid_from": "2024-07-01",
    "valid_until": "",
    "citeertitel": "",
}
BELEID = """\
# Inleiding
## Waarom deze regels
> Het college legt vast hoe het aanvragen om voorrang beoordeelt.
## Voor wie
> De regels gelden voor iedereen die in Proefdam woont of werkt.
# Beoordeling
## Medische gronden
1. De adviseur kijkt of de woning de klachten verergert.
2. De adviseur spreekt de aanvrager.
## Sociale gronden
> Het college let op:
  a. de veiligheid van kinderen;
  b. de steun van familie en buren.
"""
BELEID_TITLE = "Beleidsregels urgentie Proefdam"
BELEID_FACTS = {
    "authority": "",
    "kind": "beleidsregel",
    "valid_from": "",
    "valid_until": "",
    "citeertitel": "",
}

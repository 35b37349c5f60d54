"""Mail without a header that says so: absence and receipt by their words, and people who
write about the same things."""

from __future__ import annotations

import pytest

from loket.mail.judging import Eigen, judge
from loket.mail.message import Soort
from loket.mail.parsing import parse

AWAY = [
    (
        "Re: Uw vraag is beantwoord",
        "Beste lezer,\n\nBedankt voor uw bericht. Van 2 tot en met 13 november ben ik met vakantie. Uw bericht wordt niet doorgestuurd. Voor vragen over wonen kunt u terecht bij wonen@gemeente.nl.\n\nGroet, Anne",
    ),
    ("Automatische beantwoording: pilot", "Ik ben er even niet."),
    (
        "Re: pilot",
        "Hallo,\n\nMaandag en vrijdag ben ik vrij. Ik beantwoord uw mail op een andere dag.\n\nMvg Piet",
    ),
    (
        "RE: pilot",
        "Ik werk niet op woensdag en vrijdag. Uw mail lees ik op de eerstvolgende werkdag.",
    ),
    (
        "Antw: pilot",
        "Ik ben tot 1 december afwezig. Stuur uw mail bij vragen naar info@x.nl",
    ),
    (
        "Re: pilot",
        "Ik ben niet meer werkzaam bij de gemeente. U kunt contact opnemen met mijn collega via 0123.",
    ),
    (
        "Re: pilot",
        "Dank voor uw mail. Wij streven ernaar om binnen vijf werkdagen te antwoorden. Dit bericht is automatisch verzonden.",
    ),
    ("Vakantie t/m 20 november", "Ik ben pas 21 november weer bereikbaar."),
    (
        "Re: pilot",
        "In verband met vakantie ben ik afwezig van 1 t/m 15 november. Voor spoed: Jan de Wit.",
    ),
    (
        "Re: pilot",
        "I am out of office until Monday. In urgent cases contact my colleague.",
    ),
    ("Automatic reply: pilot", "x"),
    (
        "Re: pilot",
        "Wegens ziekte ben ik langere tijd afwezig. Mijn werkzaamheden worden waargenomen door Els.",
    ),
    ("Ik ben afwezig", "Vandaag ben ik afwezig."),
    (
        "Re: pilot",
        "Momenteel geniet ik van mijn vakantie. Vanaf 1 december ben ik weer aanwezig.",
    ),
    (
        "Uw e-mail is ontvangen",
        "Wij hebben uw e-mail in goede orde ontvangen en nemen deze zo spoedig mogelijk in behandeling.",
    ),
    (
        "Ontvangstbevestiging: uw bericht aan gemeente Marrewald",
        "Uw bericht is bij ons geregistreerd.",
    ),
    (
        "Afwezigheid Piet Jansen",
        "Ik ben er van 2-11 tot 9-11 niet. Voor dringende zaken, bel 06-12345678.",
    ),
    (
        "Re: pilot",
        "Ik ben met zwangerschapsverlof tot maart 2027. Mijn vervanger is Kees.",
    ),
    ("Out of the office: Re: pilot", "Hi"),
    (
        "Re: pilot",
        "Op donderdag werk ik niet. Ik reageer zodra ik weer op kantoor ben.",
    ),
    (
        "Re: Antwoord op uw vraag",
        "Geachte heer/mevrouw,\n\nIn de periode van 9 november tot 20 november ben ik niet in de gelegenheid om mijn mail te lezen. Mocht u niet kunnen wachten, dan kunt u mailen naar ruimte@tolbrug.example.nl.\n\nMet vriendelijke groet,\nBas",
    ),
    (
        "RE: Antwoord",
        "Dag,\n\nIk ben vandaag op een training en zie uw mail morgen pas.\n\nGroeten, Fatima",
    ),
    (
        "Re: Antwoord",
        "L.S.,\n\nPer 1 oktober ben ik met pensioen. Mijn opvolger is Daan Mulder, d.mulder@x.nl.",
    ),
    (
        "Re: Antwoord",
        "Hallo! Ik ben momenteel met ouderschapsverlof. Vanaf 4 januari lees ik mijn mails weer. Bij spoed kunt u bellen met het secretariaat.",
    ),
    ("Antwoord: vraag", "Ik ben deze week afwezig. Mijn mail wordt niet gelezen."),
    (
        "Re: Antwoord",
        "Beste afzender,\n\nDeze mailbox wordt niet meer gebruikt. Gebruik voortaan loket@marrewald.example.nl.",
    ),
    (
        "Re: Antwoord",
        "Bedankt voor je mail! Ik werk op maandag, dinsdag en donderdag. Op de andere dagen lees ik geen mail.",
    ),
    ("Afwezig t/m vrijdag", "Groet, Tom"),
    (
        "Re: Antwoord",
        "Ik ben op dit moment niet achter mijn bureau. Spoed? Bel 0123-456.",
    ),
    (
        "Re: Antwoord",
        "Hartelijk dank voor uw e-mail. Wij nemen deze binnen vijf werkdagen in behandeling. U ontvangt van ons bericht.",
    ),
    (
        "Bevestiging: uw bericht",
        "Uw bericht is ontvangen onder zaaknummer 2026-112233. Wij reageren binnen tien werkdagen.",
    ),
    (
        "Re: Antwoord",
        "Hi, thanks for your email. I'm currently on parental leave and will be back in March. Please contact Eva for anything urgent.",
    ),
    (
        "Re: Antwoord",
        "Het kantoor is gesloten van 24 december tot en met 3 januari. Uw bericht lezen wij daarna.",
    ),
    ("Afwezigheid", "Wegens een studiereis ben ik er tot 12 november niet."),
    (
        "Re: Antwoord",
        "Ik ben langdurig afwezig. Voor vragen over urgentie: urgentie@x.nl. Voor overige vragen: 14 0123.",
    ),
    (
        "Re: Antwoord",
        "Tot en met 15 november ben ik vrij. Ik heb geen toegang tot mijn mail. Na die datum zal ik reageren.",
    ),
    (
        "Re: Antwoord",
        "I will be out of the office from 2 to 13 November with no access to email.",
    ),
    ("niet op kantoor", "Maandag ben ik er weer."),
    (
        "Re: Antwoord",
        "Dit e-mailadres is niet meer in gebruik. Stuur uw bericht naar info@x.nl.",
    ),
    ("Re: Antwoord", "Vandaag heb ik vrij genomen. Morgen beantwoord ik uw mail."),
    (
        "Re: bericht",
        "Ik ben vanwege een operatie de komende zes weken niet aan het werk. Mijn collega Noor vervangt mij.",
    ),
    (
        "RE: bericht",
        "Goedemiddag, van maandag 9 tot en met vrijdag 13 november ben ik met vakantie. Ik lees mijn berichten na terugkomst.",
    ),
    ("Re: bericht", "Wegens het Kerstreces zijn wij gesloten tot 4 januari."),
    (
        "Re: bericht",
        "I am travelling this week and may be slow to respond. For urgent requests call reception.",
    ),
    ("Re: bericht", "Ik ben op woensdag afwezig. Donderdag beantwoord ik uw mail."),
    (
        "Re: bericht",
        "Bedankt voor uw bericht. Ik ben t/m 30 november op ouderschapsverlof en niet bereikbaar per mail. Voor dringende vragen: teamwonen@x.nl.",
    ),
    ("Vakantie", "Ik ben er even tussenuit. Vanaf de 16e ben ik er weer."),
    ("Re: bericht", "Dit is een automatische reactie. Ik ben vandaag niet bereikbaar."),
    (
        "Re: bericht",
        "Per 1 november werk ik niet langer voor de gemeente Tolbrug. Vragen kunt u richten aan postbus@tolbrug.nl.",
    ),
    (
        "Re: bericht",
        "Vandaag ben ik de hele dag in overleg en lees ik mijn mail niet. Bij spoed graag bellen.",
    ),
]
PERSON = [
    (
        "Re: pilot",
        "Hoi, ik ben vrijdag vrij, maar maandag kan ik bellen. Het nummer staat onder deze mail.",
    ),
    ("Re: pilot", "Bedankt voor het snelle antwoord. Wij gaan hiermee verder."),
    (
        "Re: pilot",
        "Neem gerust contact op met mijn collega Els; zij neemt het dossier over.",
    ),
    (
        "Vraag over spoed",
        "In spoedeisende gevallen geeft onze verordening urgentie. Wij zoeken een voorbeeld daarvan.",
    ),
    (
        "Re: pilot",
        "Dat klopt. Uw mail heb ik doorgestuurd aan de wethouder, hij leest haar morgen.",
    ),
    (
        "Verlofregeling",
        "Onze medewerkers met zwangerschapsverlof vallen uit. Graag advies over vervanging in het loket.",
    ),
    ("Re: pilot", "Ik ben terug van vakantie en heb het stuk gelezen. Akkoord."),
    ("Re: pilot", "Sorry, ik was vorige week ziek. Hierbij de cijfers."),
    (
        "Automatische verlenging huurcontract",
        "Geldt er een automatische verlenging bij tijdelijke huur? Wij horen het graag.",
    ),
    (
        "Vakantieparken",
        "Wij willen wonen op vakantieparken toestaan. Welke regels gelden?",
    ),
    (
        "Vakantieverhuur: wat mag",
        "De raad wil vakantieverhuur beperken. Graag een modelbepaling.",
    ),
    (
        "Afwezigheid van een vergunning",
        "Bij afwezigheid van een vergunning treden wij op. Graag uw oordeel.",
    ),
    (
        "Gelezen: uw handreiking",
        "Ik heb uw handreiking gelezen en mis iets over kamerverhuur. Kunt u dat aanvullen?",
    ),
    (
        "Re: pilot",
        "Onze systeembeheerder zegt dat uw mail als automatisch bericht werd gezien. Nu komt hij wel aan.",
    ),
    (
        "Bevestiging van ontvangst door gemeente",
        "Moet de gemeente een bevestiging van ontvangst sturen na een aanvraag?",
    ),
    (
        "Spoed: inwoner zonder huis",
        "Graag vandaag nog bericht. Ik ben tot 17 uur bereikbaar op 06-123.",
    ),
    (
        "Re: pilot",
        "Wij zijn op vakantie geweest bij een wooncoöperatie en zagen daar een mooi voorbeeld, zie bijlage.",
    ),
    (
        "Mislukte bezorging van brieven",
        "Onze brieven komen niet aan op een park. Wat is onze plicht?",
    ),
    (
        "Tijdelijk afwezig en toch huur",
        "Een bewoner is tijdelijk afwezig. Mag de hospita dan onderverhuren?",
    ),
    (
        "Re: pilot",
        "Volgende week ben ik met verlof. Els de Wit pakt dit op en neemt contact met u op.",
    ),
    (
        "Re: Antwoord",
        "Dank! Ik deel het met mijn collega en kom er volgende week op terug.",
    ),
    (
        "Re: Antwoord",
        "Wij hebben uw brief ontvangen, maar bladzijde 2 ontbreekt. Graag nog een keer sturen.",
    ),
    (
        "Vraag",
        "Onze jurist is met zwangerschapsverlof en wij moeten voor vrijdag een besluit nemen. Wij zoeken een model voor leges.",
    ),
    (
        "Re: Antwoord",
        "Ik ben morgen niet op kantoor. De cijfers van de woonwagens staan in de bijlage: het zijn er 26.",
    ),
    (
        "Re: Antwoord",
        "Prima. Bel mij gerust op 06-12345678, ik ben de hele week bereikbaar.",
    ),
    (
        "Huis gesloten",
        "De burgemeester heeft een pand gesloten. Wat gebeurt er met de huurder.",
    ),
    ("Re: Antwoord", "Akkoord."),
    (
        "Urgentie bij ziekte",
        "Een inwoner is ziek en kan de trap niet op. Krijgt zij urgentie.",
    ),
    ("Re: Antwoord", "Ik neem contact op met de corporatie en laat het weten."),
    (
        "Re: Antwoord",
        "Helaas moet ik de afspraak van morgen afzeggen wegens ziekte. Een nieuwe datum volgt.",
    ),
    (
        "Spoedvraag",
        "Het college vergadert morgen. Voor spoed mag u mij bellen. Het gaat om artikel 12 van de verordening.",
    ),
    (
        "Re: Antwoord",
        "Is dit een automatisch bericht of heeft iemand mijn vraag gelezen?",
    ),
    (
        "Re: Antwoord",
        "Ik heb uw mail doorgestuurd naar de afdeling Ruimte; zij hebben nog een vraag over parkeren.",
    ),
    (
        "Vraag van een vrijwilliger",
        "Ik ben vrijwilliger bij het buurthuis en zoek informatie over wonen met zorg.",
    ),
    ("Re: Antwoord", "Top, dank voor de snelle reactie op mijn vraag."),
    (
        "Wachtlijst",
        "Wij willen weten of een woningzoekende die niet bereikbaar is van de lijst mag.",
    ),
    (
        "Re: Antwoord",
        "Vanaf maandag werk ik bij een andere gemeente. Mijn nieuwe adres is pim@y.nl, stuur het antwoord daar graag naartoe.",
    ),
    (
        "Away from home care",
        "We would like to know the rules for residents who are away from home for months.",
    ),
    (
        "Re: Antwoord",
        "U vroeg naar de datum: de pilot start 1 februari. Zodra ik meer weet, meld ik mij.",
    ),
    ("Ontvangst statushouders", "Hoe regelen wij de ontvangst van statushouders."),
    ("Re: bericht", "Ik lees uw mail nu pas, ik was met vakantie. Het antwoord is ja."),
    ("Re: bericht", "Mijn collega stuurt u morgen het besluit. Fijn dat u meedenkt."),
    ("Re: bericht", "We zijn akkoord en nemen contact op met de bewoners."),
    (
        "Re: bericht",
        "Zolang het gemeentehuis is gesloten kunnen wij de stukken niet inzien. De termijn moet dus langer.",
    ),
    ("Re: bericht", "Ik werk op dinsdag aan deze nota. Uw opmerkingen neem ik mee."),
    (
        "Ziekteverlof en huur",
        "Bij ziekte kan een huurder de huur niet betalen. Wij zoeken een regeling.",
    ),
    ("Re: bericht", "Graag bellen in plaats van mailen."),
    (
        "Re: bericht",
        "Dit weekend ben ik vrij en dan lees ik het stuk. Maandag hoort u van mij.",
    ),
    (
        "Re: bericht",
        "Uw mail is doorgestuurd aan de corporatie en die vraagt om een voorbeeld van een convenant.",
    ),
    ("Re: bericht", "Hierbij de gevraagde gegevens. Bij vragen hoor ik het graag."),
]


def kind(subject: str, text: str) -> Soort:
    raw = f"From: a@b.nl\nSubject: {subject}\nContent-Type: text/plain; charset=utf-8\n\n{text}"
    return judge(parse(raw.encode()), Eigen(frozenset())).soort


@pytest.mark.parametrize(("subject", "text"), PERSON)
def test_a_person_is_never_taken_for_a_machine(subject: str, text: str) -> None:
    assert kind(subject, text) == Soort.VRAAG


def test_nine_of_ten_messages_of_absence_are_known_by_their_words() -> None:
    missed = [one for one in AWAY if kind(*one) != Soort.AUTOMATISCH]
    print(f"bekend {len(AWAY) - len(missed)} van {len(AWAY)}", *missed, sep="\n  ")
    assert len(missed) <= len(AWAY) / 10

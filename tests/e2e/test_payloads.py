"""Script payloads by mail into every place that shows mail: none runs.

The suite takes a fixed part of them; ``make soak`` all (PAYLOADS=all). The pages are read
without their Content-Security-Policy, so that it is the escaping that is proved, and a part
of them with it. A page that protects nothing shows that the detector sees what runs.
"""

from __future__ import annotations

import collections
import html
import json
import os
import re
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Error

from core import markdown
from loket.mail import markup
from tests import payloads
from tests.payloads import LEAST, Payload, document

ALL = os.environ.get("PAYLOADS", "") == "all"
SHARE = 16
CHOSEN = payloads.payloads() if ALL else payloads.part(SHARE)
AT_ONCE = 40
# Whatever a payload calls ends as a message with its number.
MARK = """
for (const name of ['alert', 'confirm', 'prompt', 'print'])
  window[name] = number => { console.log('uitgevoerd:' + number); return true; };
"""
# What no page of ours has, and what a payload would need.
SCAN = r"""
() => {
  const bad = [];
  const data = [...document.documentElement.attributes].find(a => a.name.startsWith('data-uitgevoerd'));
  if (data) bad.push(data.name);
  for (const element of document.querySelectorAll('*')) {
    const name = element.localName;
    for (const {name: attribute, value} of element.attributes) {
      const address = value.replace(/[\u0000-\u0020]/g, '').toLowerCase();
      if (/^on/.test(attribute) || /^hx-on/.test(attribute) || attribute === 'srcdoc') bad.push(name + ' ' + attribute);
      if (/^(javascript|vbscript|data:(text|image\/svg))/.test(address) && attribute !== 'value' && attribute !== 'content')
        bad.push(name + ' ' + attribute + '=' + value);
      if (/^hx-/.test(attribute) && /^(js|javascript):/.test(address)) bad.push(name + ' ' + attribute);
    }
    if (name === 'script' && !/^\/static\//.test(element.getAttribute('src') || '') && element.type !== 'application/json')
      bad.push('script ' + element.textContent.slice(0, 80));
    if (['iframe', 'object', 'embed', 'base', 'math', 'marquee', 'foreignobject', 'animate', 'video', 'audio', 'image'].includes(name)) bad.push(name);
    if (name === 'img' && !/^(\/|data:image\/png)/.test(element.getAttribute('src') || '')) bad.push('img ' + element.src);
  }
  return bad;
}
"""
# What a person would do: every event of every element, and a click on what can be clicked.
PROVOKE = r"""
() => {
  for (const frame of document.querySelectorAll('iframe.proef')) {
    const walk = inner => {
      let elements;
      try { elements = [...inner.contentDocument.querySelectorAll('*')]; } catch { return; }
      for (const element of elements) {
        if (element.localName === 'iframe') walk(element);
        for (const {name} of [...element.attributes])
          if (/^on[a-z]+$/.test(name))
            try { element.dispatchEvent(new Event(name.slice(2), {bubbles: false, cancelable: true})); } catch {}
        if (['a', 'area', 'button', 'input'].includes(element.localName))
          try { element.dispatchEvent(new MouseEvent('click', {bubbles: true, cancelable: true})); } catch {}
      }
    };
    walk(frame);
  }
}
"""


class Watch:
    """A browser of its own that keeps what ran, and what the policy had to stop."""

    def __init__(self, browser, live: str, *, policy: bool) -> None:
        self.context = browser.new_context(
            base_url=live, bypass_csp=not policy, locale="nl-NL"
        )
        self.context.add_init_script(MARK)
        self.ran: list[tuple[int, str]] = []
        self.stopped: list[str] = []
        self.found: list[tuple[str, list[str]]] = []
        self.seen = 0
        self.context.on("console", self._heard)
        self.page = self.context.new_page()
        self.page.set_default_timeout(60_000)

    def _heard(self, message) -> None:
        if message.text.startswith("uitgevoerd:"):
            number = re.search(r"\d{4,}", message.text)
            self.ran.append((int(number[0]) if number else 0, message.page.url))
        elif "frame-ancestors" in message.text:
            # A link in a mail that leads to us: it opens in no frame of another page.
            return
        elif "Content Security Policy" in message.text:
            self.stopped.append(f"{message.page.url}: {message.text[:200]}")

    def open(self, path: str, *, status: int = 200) -> None:
        answer = self.page.goto(path, wait_until="load")
        assert answer is not None
        assert answer.status == status, (path, answer.status)
        self.look(path)

    def look(self, where: str) -> None:
        self.seen += 1
        if bad := self.page.evaluate(SCAN):
            self.found.append((where, bad))

    def would_see(self) -> bool:
        """Whether a script that was put in this very page runs and is heard."""
        before = len(self.ran)
        self.page.evaluate(
            """() => new Promise(done => {
                const box = document.createElement('p');
                box.innerHTML = '<img src=x onerror="alert(9999)">';
                // The policy speaks only when the image failed, however long that takes.
                box.firstChild.addEventListener('error', () => setTimeout(done, 300));
                document.body.append(box);
            })"""
        )
        heard = [number for number, _url in self.ran[before:]]
        del self.ran[before:]
        self.stopped.clear()
        return heard == [9999]

    def _settle(self) -> None:
        """Until nothing was heard for a while: a slow machine takes longer."""
        for _turn in range(20):
            heard = len(self.ran)
            self.page.wait_for_timeout(400)
            if len(self.ran) == heard:
                return

    def frames(self, documents: list[str]) -> None:
        """Open these documents, each in a frame of a page without any policy."""
        for at in range(0, len(documents), AT_ONCE):
            self.page.set_content(
                "<!doctype html>"
                + "".join(
                    f'<iframe class="proef" width=60 height=40 srcdoc="{html.escape(one)}"></iframe>'
                    for one in documents[at : at + AT_ONCE]
                ),
                wait_until="domcontentloaded",
            )
            self._settle()
            for _turn in range(2):
                self.page.evaluate(PROVOKE)
                self._settle()
            self.seen += len(documents[at : at + AT_ONCE])

    def assert_nothing_ran(self) -> None:
        self.page.wait_for_timeout(300)
        assert self.ran == [], f"{len(self.ran)} uitgevoerd: {self.ran[:5]}"
        assert self.found == [], f"{len(self.found)} pagina's: {self.found[:5]}"
        assert self.stopped == [], (
            f"{len(self.stopped)} tegengehouden: {self.stopped[:5]}"
        )


@pytest.fixture
def watch(chromium, live):
    opened = []

    @contextmanager
    def make(*, policy: bool = False):
        one = Watch(chromium, live, policy=policy)
        opened.append(one)
        yield one
        one.context.close()

    yield make
    for one in opened:
        one.context.close()


TAKE = """
import time
from uuid import uuid4
from django.conf import settings
from django.core.mail import get_connection
from django.test import Client
from core import outbox
from core.mail import failing, tokens
from core.models import Bijlage, Contact, Mailbericht, User
from core.person import Person
from loket import notices, services
from loket.models import Berichtvoorkeur, Vraag
from loket.services import mail_in
from loket.services.parts import new_read_link
from tests import payloads

chosen = payloads.payloads() if ALL else payloads.part(SHARE)
karim = User.objects.get(email="karim@demo.example")
Berichtvoorkeur.objects.get_or_create(user=karim)

def take(raw):
    row, _new = mail_in.receive(raw, mailbox="proef")
    return mail_in.handle(row)

def letters(number):
    return "".join("bcdfghjklm"[int(one)] for one in f"{number:03}")

run = uuid4().hex
start = time.monotonic()
made, outcomes, pages = [], [], []
for turn, rows in enumerate(payloads.groups(chosen)):
    word = f"kwaadproef{letters(turn // 8)}"
    # Word of a new question comes at once or once a day, with what the asker called it.
    Berichtvoorkeur.objects.filter(user=karim).update(wanneer=("direct", "dagelijks")[turn % 2])
    sender = f"groep{turn // 8:03}.{turn}@elders.example"
    first = take(payloads.mail(rows, sender=sender, to=settings.MAIL_FROM, turn=turn, word=word,
        message_id=f"eerste.{turn}.{run}"))
    outcomes.append(first.uitkomst)
    vraag = first.vraag
    if vraag is None:
        continue
    to = tokens.reply_address(key=vraag.key, who=f"contact:{vraag.contact_id}")
    second = take(payloads.mail(rows, sender=sender, to=to, turn=turn + 1, word=word, only_html=True,
        message_id=f"tweede.{turn}.{run}"))
    outcomes.append(second.uitkomst)
    mails = [first.pk, second.pk]
    if turn % 4 == 0:
        # A stranger with the right address: held, for a person to decide.
        held = take(payloads.mail(rows, sender=f"vreemd.{turn}@elders.example", to=to, turn=turn + 2,
            only_html=bool(turn % 8), message_id=f"vreemd.{turn}.{run}"))
        outcomes.append(held.uitkomst)
        mails.append(held.pk)
    text = "\\n\\n".join(one.text for one in rows)
    services.answer(user=karim, vraag=vraag, text=f"U schreef:\\n\\n{text}")
    services.add_note(user=karim, vraag=vraag, text=f"De vrager schreef:\\n\\n{text}")
    person = Person(contact=vraag.contact)
    if turn % 8 == 0:
        services.admit_colleague(person=person, vraag=vraag, email=f"collega.{turn}@elders.example")
        services.add_reply(person=person, vraag=vraag, text=text)
    if turn % 8 == 3:
        # The answer becomes a page, and with it a thing that everybody can find.
        page = services.make_knowledge_draft(user=karim, vraag=vraag, kort_antwoord=f"{word} {text}"[:300],
            title=f"{word} {' '.join(text.split())}"[:200], text=f"Over {word}:\\n\\n{text}", confirmed=True)
        page.get_latest_revision().publish()
        page.refresh_from_db()
        pages.append([page.pk, page.url, word])
    made.append({"ref": vraag.reference, "pk": vraag.pk, "token": new_read_link(vraag), "mails": mails,
        "word": word, "sender": sender})
    # The server of the other side says what it likes about why our mail was refused.
    for bericht in Mailbericht.objects.filter(about=vraag.key, adres=sender)[:1]:
        failing.failed(bericht, Mailbericht.Status.TERUGGEKOMEN, text)
files = take(payloads.mail_with_files(number=7777, run=run, sender="bestanden@elders.example", to=settings.MAIL_FROM))
seconds = time.monotonic() - start
outbox.drain()
notices.send_daily()
outbox.drain()
beheer, _new = User.objects.get_or_create(email="techniek@demo.example", defaults={"name": "Techniek",
    "is_staff": True, "is_superuser": True, "is_active": True})
client = Client()
client.force_login(beheer, backend="django.contrib.auth.backends.ModelBackend")
answer = {
    "made": made, "pages": pages, "files": {"ref": files.vraag.reference, "mail": files.pk},
    "outcomes": {name: outcomes.count(name) for name in set(outcomes)},
    "mails": len(outcomes) + 1, "seconds": seconds,
    "cookie": client.cookies[settings.SESSION_COOKIE_NAME].value, "cookie_name": settings.SESSION_COOKIE_NAME,
}
"""


@pytest.fixture(scope="module")
def taken(in_site):
    """All the payloads, taken in as mail, answered, sent back and put in the index."""
    done = in_site(f"ALL, SHARE = {ALL}, {SHARE}\n{TAKE}")
    assert set(done["outcomes"]) <= {"nieuw", "toegevoegd", "aangehouden"}
    assert len(done["made"]) == len(payloads.groups(CHOSEN))
    print(
        f"\n{len(CHOSEN)} payloads in {done['mails']} mails, {done['seconds']:.0f} s: {done['outcomes']}"
    )
    return done


def _pages(watch: Watch, path: str) -> None:
    """Every page of a list."""
    number = 1
    while True:
        watch.open(f"{path}{'&' if '?' in path else '?'}pagina={number}")
        more = watch.page.locator(f'a[href*="pagina={number + 1}"]').count()
        if not more:
            return
        number += 1


def _log_in(watch: Watch, name: str) -> None:
    watch.page.goto("/medewerker/login/")
    watch.page.get_by_role("button", name=re.compile(name)).click()


def test_there_are_enough_and_each_is_different():
    every = payloads.payloads()
    assert len(every) >= LEAST
    assert len({one.text for one in every}) == len(every)
    assert len(payloads.part(SHARE)) >= len(every) / 20
    kinds = {one.kind for one in every}
    assert kinds == {one.kind for one in payloads.part(SHARE)}


def test_the_control_runs_them(watch):
    """What the browser runs when nothing protects the place where a payload belongs."""
    with watch() as control:
        control.frames([document(one) for one in CHOSEN])
        ran = {number for number, _url in control.ran}
    count: collections.Counter[str] = collections.Counter()
    total: collections.Counter[str] = collections.Counter()
    for one in CHOSEN:
        total[one.kind] += 1
        count[one.kind] += one.number in ran
    print("\ncontrole:", {kind: f"{count[kind]}/{total[kind]}" for kind in total})
    belongs = [one for one in CHOSEN if one.home != "geen"]
    share = sum(one.number in ran for one in belongs) / len(belongs)
    print(
        f"{share:.1%} van {len(belongs)} met een plaats in HTML; {len(ran)} van {len(CHOSEN)}"
    )
    assert share > 0.9
    for kind in ("script", "gebeurtenis", "spelling", "attribuut", "adres", "uitbraak"):
        assert count[kind] > 0.8 * total[kind], (kind, _missed(CHOSEN, ran, kind)[:5])


def _missed(rows: tuple[Payload, ...], ran: set[int], kind: str) -> list[str]:
    return [one.text for one in rows if one.kind == kind and one.number not in ran]


@pytest.mark.parametrize("policy", [False, True], ids=["zonder-beleid", "met-beleid"])
def test_no_payload_runs_in_a_page_of_staff(watch, taken, policy):
    rows = taken["made"][:: SHARE if ALL else 6] if policy else taken["made"]
    start = time.monotonic()
    with watch(policy=policy) as staff:
        _log_in(staff, "Karim")
        for name in ("niet-toegewezen", "alles", "van-mij"):
            staff.open(f"/werkplek/?weergave={name}")
        _pages(staff, "/werkplek/?weergave=niet-toegewezen")
        _pages(staff, "/werkplek/mail/?weergave=alles")
        _pages(staff, "/werkplek/mail/?weergave=aangehouden")
        staff.open(f"/werkplek/mail/?weergave=alles&zoek={'%3Cimg%20src%3Dx'}")
        _pages(staff, "/werkplek/mail-niet-aangekomen/")
        staff.open(f"/werkplek/mail/{taken['files']['mail']}/")
        staff.open(f"/werkplek/{taken['files']['ref']}/")
        for turn, row in enumerate(rows):
            staff.open(f"/werkplek/{row['ref']}/")
            if turn == 0:
                assert staff.would_see() is not policy
            for pk in row["mails"]:
                staff.open(f"/werkplek/mail/{pk}/")
            if turn % 8 == 0:
                staff.open(f"/werkplek/{row['ref']}/kennis/")
        print(f"\nmedewerker: {staff.seen} pagina's, {time.monotonic() - start:.0f} s")
        staff.assert_nothing_ran()


@pytest.mark.parametrize("policy", [False, True], ids=["zonder-beleid", "met-beleid"])
def test_no_payload_runs_while_searching_and_typing(watch, taken, policy):
    with watch(policy=policy) as staff:
        _log_in(staff, "Karim")
        by_word = {
            row["word"]: row["sender"].partition(".")[0] for row in taken["made"]
        }
        pages = taken["pages"][:: 8 if policy and ALL else 1]
        hits = offered = callers = marked = 0
        for _pk, url, word in pages:
            staff.open(url)
            staff.open(f"/zoeken/?q={word}")
            hits += staff.page.locator(f"a[href^='{url}']").count()
            marked += staff.page.locator("main mark").count()
        # What is typed comes back in the page: on every list that can be searched.
        rows = CHOSEN[::32] if policy else CHOSEN[:: 4 if ALL else 1]
        ref = taken["made"][0]["ref"]
        for turn, one in enumerate(rows):
            typed = quote(one.text, safe="")
            place = (
                f"/zoeken/?q={typed}",
                f"/werkplek/mail/?weergave=alles&zoek={typed}",
                f"/werkplek/{ref}/?bron={typed}&weergave={typed}",
                f"/loket/vraag-stellen/?q={typed}&zoekvraag={typed}",
            )[turn % 4]
            staff.open(place)
        for _pk, _url, word in pages[:40]:
            staff.page.goto("/zoeken/")
            with staff.page.expect_response(re.compile("suggesties")):
                staff.page.locator("#q").press_sequentially(word)
            staff.page.wait_for_timeout(400)
            offered += staff.page.locator("[role=option]").count()
            staff.look(f"suggesties {word}")
        staff.page.goto("/werkplek/telefoon/")
        for name in list(by_word.values())[:: 8 if policy and ALL else 1]:
            with staff.page.expect_response(re.compile("telefoon/bellers")):
                staff.page.locator("#id_wie").fill(f"{name}.")
            staff.page.wait_for_timeout(100)
            callers += staff.page.locator("#bellers input[type=radio]").count()
            staff.look(f"bellers {name}")
        print(
            f"\nzoeken: {staff.seen} pagina's, {hits} treffers, {marked} markeringen, {offered} suggesties, {callers} bellers"
        )
        assert hits >= len(pages)
        assert marked >= len(pages)
        assert offered >= len(pages[:40]) / 2
        assert callers >= len(by_word) / 8
        staff.assert_nothing_ran()


@pytest.mark.parametrize("policy", [False, True], ids=["zonder-beleid", "met-beleid"])
def test_no_payload_runs_in_a_page_of_the_asker(watch, taken, in_site, policy):
    rows = taken["made"][:: SHARE if ALL else 6] if policy else taken["made"]
    with watch(policy=policy) as asker:
        for turn, row in enumerate(rows):
            asker.open(f"/loket/vraag/{row['ref']}/sleutel/{row['token']}/")
            if turn == 0:
                assert asker.page.locator(".bericht").count() >= 3
                assert asker.would_see() is not policy
        asker.assert_nothing_ran()
        # Everything handed to one asker, who then logs in by a link.
        token = in_site(_TO_ONE.format(pks=[row["pk"] for row in rows]))
        asker.context.clear_cookies()
        asker.open(f"/loket/inloggen/{token['token']}/")
        asker.page.locator("main form button").click()
        _pages(asker, "/loket/mijn-vragen/")
        in_site(_BACK.format(pairs=token["was"]))
        print(f"\nvrager: {asker.seen} pagina's")
        asker.assert_nothing_ran()


_TO_ONE = """
from core.models import Contact, Toegang
from core.toegang import issue
from loket.models import Vraag
one, _new = Contact.objects.get_or_create(email="veel@elders.example", defaults={{"naam": "<img src=x onerror=alert(8888)>"}})
rows = Vraag.objects.filter(pk__in={pks})
answer = {{"was": list(rows.values_list("pk", "contact_id"))}}
rows.update(contact=one)
answer["token"] = issue(doel=Toegang.Doel.INLOGGEN, contact=one)
"""
_BACK = """
from loket.models import Vraag
for pk, contact in {pairs}:
    Vraag.objects.filter(pk=pk).update(contact_id=contact)
answer = True
"""


def test_no_payload_runs_in_the_admin(watch, taken, live):
    """The technical admin and the list of demo mails show the same words."""
    with watch() as beheer:
        beheer.context.add_cookies(
            [{"name": taken["cookie_name"], "value": taken["cookie"], "url": live}]
        )
        beheer.page.goto("/techniek/")
        lists = beheer.page.evaluate(
            "[...document.querySelectorAll('th[scope=row] a')].map(a => a.getAttribute('href'))"
        )
        assert len(lists) > 10
        for path in lists:
            beheer.page.goto(path)
            beheer.seen += 1
            first = beheer.page.locator("#result_list tbody a").first
            if first.count():
                first.click()
                beheer.page.wait_for_load_state("load")
                beheer.seen += 1
        _pages(beheer, "/postvak/")
        assert beheer.would_see()
        print(f"\nbeheer: {beheer.seen} pagina's")
        assert beheer.ran == []


_SENT = """
from core.models import Mailbericht
rows = Mailbericht.objects.filter(pk__gt={after}).order_by("pk")[:400]
answer = [[row.pk, row.template, row.html] for row in rows]
"""


def test_no_payload_runs_in_mail_that_goes_out(watch, taken, in_site):
    """The HTML of every message, as a mail program without a policy would show it."""
    kinds: collections.Counter[str] = collections.Counter()
    with watch() as reader:
        after = 0
        while rows := in_site(_SENT.format(after=after)):
            after = rows[-1][0]
            kinds.update(row[1] for row in rows)
            reader.frames([row[2] for row in rows])
        print(f"\nuitgaand: {sum(kinds.values())} mails: {dict(kinds)}")
        assert {
            "loket/ontvangen",
            "loket/antwoord",
            "loket/werk",
            "loket/meelezen",
            "loket/dagbericht",
        } <= set(kinds)
        reader.assert_nothing_ran()


# Read, written out and read again, as an editor or a mail program does with it.
AGAIN = """
<!doctype html><body><script>
const text = {text};
document.write(text);
const again = [1, 2].reduce(s => new DOMParser().parseFromString(s, 'text/html').body.innerHTML, text);
document.body.insertAdjacentHTML('beforeend', again);
const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
svg.innerHTML = text; document.body.append(svg);
</script>
"""


def test_no_payload_runs_in_what_was_cleaned(watch):
    """HTML and Markdown of others after nh3, in a page without any protection."""
    parts = [
        clean(one.text)
        for one in CHOSEN
        for clean in (
            markup.clean_html,
            lambda text: markup.to_text_and_html(text)[1],
            markdown.render,
            markdown.render_mail,
        )
    ]
    assert sum(bool(part.strip()) for part in parts) > len(parts) / 2
    texts = sorted({part for part in parts if part.strip()})
    with watch() as reader:
        reader.frames(
            [
                AGAIN.replace("{text}", json.dumps(one).replace("<", "\\u003c"))
                for one in texts
            ]
        )
        print(f"\nopgeschoond: {len(texts)} stukken HTML")
        reader.assert_nothing_ran()


_FILES = """
from core.models import Bijlage
answer = [[str(row.pk), row.name, row.is_served] for row in Bijlage.objects.order_by("created_at")]
"""


def test_no_payload_runs_in_a_file_that_is_opened(watch, taken, in_site):
    """Attachments and originals, even for a browser that is not told to save them."""
    files = in_site(_FILES)
    served = [row for row in files if row[2]]
    assert len(served) >= len(CHOSEN) / 2
    assert not [
        name
        for _pk, name, given in files
        if given and not re.search(r"(^|\.)(txt|csv|png|jpe?g|pdf|docx)$", name, re.I)
    ]
    paths = [f"/bijlagen/{pk}/" for pk, _name, _given in served[:: 20 if ALL else 4]]
    paths += [f"/bijlagen/{row[0]}/" for row in served[-20:]]
    paths += [
        f"/werkplek/mail/{pk}/origineel/"
        for row in taken["made"]
        for pk in row["mails"][:2]
    ]
    kept = ("content-type", "x-content-type-options", "content-length")
    dispositions = set()

    def bare(route) -> None:
        answer = route.fetch()
        dispositions.add(answer.headers.get("content-disposition", "").split(";")[0])
        assert answer.headers.get("x-content-type-options") == "nosniff"
        route.fulfill(
            status=answer.status,
            body=answer.body(),
            headers={k: v for k, v in answer.headers.items() if k in kept},
        )

    with watch() as staff:
        _log_in(staff, "Karim")
        staff.context.route(re.compile("/bijlagen/|/origineel/"), bare)
        for path in paths:
            try:
                staff.page.goto(path, wait_until="load")
            except Error as error:
                # A document of Word or a PDF is saved, whatever the headers say.
                if not re.search("ownload|ERR_ABORTED", str(error)):
                    raise
            staff.seen += 1
        assert dispositions == {"attachment"}
        for pk, _name, given in files[-40:]:
            if not given:
                answer = staff.page.goto(f"/bijlagen/{pk}/")
                assert answer is not None
                assert answer.status == 404
        print(
            f"\nbestanden: {len(paths)} geopend, {len(files) - len(served)} niet gegeven"
        )
        staff.assert_nothing_ran()


_EXPORT = """
from pathlib import Path
from core.services import export_person
for turn, address in enumerate({addresses}):
    export_person(email=address, folder=Path({folder!r}) / str(turn))
answer = sorted(str(path) for path in Path({folder!r}).rglob("*") if path.is_file())
"""


def test_no_payload_runs_in_an_export(watch, taken, in_site, tmp_path):
    """Every file of the copy that somebody gets, opened from disk."""
    addresses = [row["sender"] for row in taken["made"][:: 4 if ALL else 1]]
    paths = in_site(
        _EXPORT.format(
            addresses=[*addresses, "bestanden@elders.example"],
            folder=str(tmp_path / "kopie"),
        )
    )
    assert sum(path.endswith("gegevens.json") for path in paths) == len(addresses) + 1
    with watch() as reader:
        for path in paths:
            try:
                reader.page.goto(Path(path).as_uri(), wait_until="load")
            except Error as error:
                if not re.search("ownload|ERR_ABORTED", str(error)):
                    raise
            reader.seen += 1
        print(f"\nexport: {reader.seen} bestanden")
        reader.assert_nothing_ran()

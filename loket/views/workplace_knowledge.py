"""From an answer to a page of the knowledge base."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from core.parameters import parse_pk
from loket import drafting, privacy, services
from loket.forms import KnowledgeForm
from loket.models import Vraag

from .workers import get_question, worker


def _knowledge_key(vraag: Vraag) -> str:
    return f"kennis:{vraag.pk}"


@login_required
def knowledge(request: HttpRequest, reference: str) -> HttpResponse:
    """From answer to a draft page: prefilled, with what looks like personal data."""
    user = worker(request)
    vraag = get_question(user, reference)
    answers = drafting.answers_of(vraag)
    wanted = {parse_pk(value) for value in request.GET.getlist("antwoord")}
    chosen = [answer for answer in answers if answer.pk in wanted] or answers[-1:]
    formulier = _knowledge_key(vraag)
    # Another choice of answers fills all fields anew.
    draft = {} if wanted else services.form_of(user=user, formulier=formulier)
    form = KnowledgeForm(
        request.POST or None, initial=drafting.proposal(vraag, chosen) | draft
    )
    if request.method == "POST":
        services.keep_form(
            user=user,
            formulier=formulier,
            data={
                name: request.POST.getlist(name)
                if name in ("doelgroepen", "themas")
                else request.POST.get(name, "")[: services.MAX_VALUE]
                for name in ("title", "kort_antwoord", "text", "doelgroepen", "themas")
            },
            vraag=vraag,
        )
        if "concept" in request.GET:
            if request.headers.get("HX-Request"):
                return HttpResponse(status=204)
            return redirect("loket:workplace_knowledge", reference)
    if request.method == "POST" and form.is_valid():
        try:
            page = services.make_knowledge_draft(
                user=user, vraag=vraag, **form.cleaned_data
            )
        except ValidationError as error:
            for name, problem in (
                error.message_dict
                if hasattr(error, "error_dict")
                else {"__all__": error.messages}
            ).items():
                form.add_error(name if name in form.fields else None, problem)
        else:
            services.drop_form(user=user, formulier=formulier)
            messages.success(
                request,
                _("‘%(titel)s’ ligt ter beoordeling bij de redactie.")
                % {"titel": page.title},
            )
            return redirect("loket:workplace_question", reference)
    shown = form.data if form.is_bound else form.initial
    text = "\n".join(
        str(shown.get(name, "")) for name in ("title", "kort_antwoord", "text")
    )
    context = {
        "form": form,
        "vraag": vraag,
        "answers": answers,
        "chosen": chosen,
        "found": privacy.find_personal_data(text),
    }
    return render(
        request, "loket/knowledge.html", context, status=422 if form.errors else 200
    )

from urllib.parse import quote
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from core import registry
from core.models import Bijlage
from core.person import person_of


@require_safe
def attachment(request: HttpRequest, pk: UUID) -> FileResponse:
    """A private file for who may have it; 404 for everybody else."""
    bijlage = Bijlage.objects.filter(pk=pk).first()
    if bijlage is None or not registry.may_have(person_of(request), bijlage.owner):
        raise Http404
    if not bijlage.is_served:
        # Held, infected or refused: the thread says so beside the name.
        raise Http404
    registry.opened(person_of(request), bijlage.owner)
    response = FileResponse(
        bijlage.file.open("rb"), content_type=bijlage.content_type_name
    )
    response["Content-Disposition"] = (
        f"attachment; filename*=UTF-8''{quote(bijlage.name)}"
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store, private"
    # Whole, as the policy of the pages allows what a file must not.
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response

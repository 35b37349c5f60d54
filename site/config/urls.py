from django.conf import settings
from django.contrib import admin
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from core.views.staff import login_elsewhere

urlpatterns = [
    path("", include("core.urls")),
    path("zoeken/", include("search.urls")),
    path("", include("loket.urls")),
    path("", include("experts.urls")),
    path("", include("knowledge.urls")),
    path("helpdesk/", include("loket.helpdesk_urls")),
    # allauth's pages for what this desk does not use: addresses are kept by a beheerder.
    re_path(
        r"^medewerker/(?:email|confirm-email|login/code)/",
        RedirectView.as_view(pattern_name="account_login"),
    ),
    path("medewerker/", include("allauth.urls")),
    path("redactie/login/", login_elsewhere),
    path("redactie/", include(wagtailadmin_urls)),
    path("techniek/login/", login_elsewhere),
    path("techniek/", admin.site.urls),
    path("documenten/", include(wagtaildocs_urls)),
    path(
        "media/<path:path>", serve, {"document_root": settings.MEDIA_ROOT}, name="media"
    ),
    path("", include(wagtail_urls)),
]

handler400 = "core.views.bad_request"
handler403 = "core.views.permission_denied"
handler404 = "core.views.not_found"
handler500 = "core.views.server_error"

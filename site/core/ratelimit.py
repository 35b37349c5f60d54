"""A small limiter on the cache: so many acts per key in a fixed window."""

import hashlib
import time

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest


def hit(scope: str, key: str) -> bool:
    """Count one act; False when the limit of settings.RATE_LIMITS[scope] is passed."""
    limit, period = settings.RATE_LIMITS[scope]
    window = int(time.time() // period)
    digest = hashlib.sha256(key.encode()).hexdigest()[:32]
    cache_key = f"limit:{scope}:{window}:{digest}"
    cache.add(cache_key, 0, timeout=period)
    try:
        return cache.incr(cache_key) <= limit
    except ValueError:
        return True


def client_ip(request: HttpRequest) -> str:
    """Address of the client; forwarded headers count only behind known proxies."""
    if settings.TRUSTED_PROXIES:
        hops = [
            part.strip()
            for part in request.headers.get("X-Forwarded-For", "").split(",")
            if part.strip()
        ]
        if len(hops) >= settings.TRUSTED_PROXIES:
            return hops[-settings.TRUSTED_PROXIES]
    return request.META.get("REMOTE_ADDR", "")


def network_of(request: HttpRequest) -> str:
    """The network of the client: /24 for IPv4, /64 for IPv6."""
    import ipaddress

    try:
        address = ipaddress.ip_address(client_ip(request))
    except ValueError:
        return "onbekend"
    prefix = 24 if address.version == 4 else 64
    return str(ipaddress.ip_network(f"{address}/{prefix}", strict=False))

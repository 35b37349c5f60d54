import datetime

from celery import shared_task


@shared_task(name="search.reconcile")
def reconcile() -> int:
    from . import services

    return services.reconcile()


@shared_task(name="search.count_query")
def count_query(
    day: str, text: str, filters: str, source: str, results: int, unsure: bool
) -> None:
    """Count one search, beside the request that made it."""
    from . import querylog

    querylog.count(
        day=datetime.date.fromisoformat(day),
        text=text,
        filters=filters,
        source=source,
        results=results,
        unsure=unsure,
    )


@shared_task(name="search.clean_up_query_log")
def clean_up_query_log() -> int:
    from . import querylog

    return querylog.clean_up()

from celery import shared_task


@shared_task(name="search.reconcile")
def reconcile() -> int:
    from . import services

    return services.reconcile()

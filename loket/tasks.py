from celery import shared_task


@shared_task(name="loket.send_daily_notices")
def send_daily_notices() -> int:
    from .notices import send_daily

    return send_daily()


@shared_task(name="loket.remove_old_forms")
def remove_old_forms() -> int:
    from .services import remove_old_forms as remove

    return remove()

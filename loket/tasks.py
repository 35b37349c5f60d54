from celery import shared_task


@shared_task(name="loket.send_daily_notices")
def send_daily_notices() -> int:
    from .notices import send_daily

    return send_daily()

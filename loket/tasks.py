from celery import shared_task


@shared_task(name="loket.send_daily_notices")
def send_daily_notices() -> int:
    from .notices import send_daily

    return send_daily()


@shared_task(name="loket.read_mailboxes")
def read_mailboxes() -> int:
    """Take in what lies in the mailboxes; returns how many mails."""
    from .mailboxes.fetching import read_all

    return sum(result.taken for result in read_all())


@shared_task(name="loket.remove_old_forms")
def remove_old_forms() -> int:
    from .services import remove_old_forms as remove

    return remove()

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


@shared_task(name="loket.clean_up_mail")
def clean_up_mail() -> int:
    from .services.mail_privacy import remove_left_over_files

    return remove_left_over_files()

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


@shared_task(name="loket.keep_no_longer")
def keep_no_longer() -> dict[str, int]:
    """Make anonymous, delete and remove what was kept long enough."""
    from .services import privacy

    return {
        "geanonimiseerd": privacy.anonymise_due(),
        "verwijderd": privacy.delete_due(),
        **privacy.remove_old(),
    }


@shared_task(name="loket.watch_clock")
def watch_clock() -> dict[str, int]:
    """Remind and close after silence, and tell beforehand what will be late."""
    from .services import act_on_silence, tell_slips

    return {**act_on_silence(), **tell_slips()}


@shared_task(name="loket.clean_up_mail")
def clean_up_mail() -> int:
    from .services.privacy import remove_left_over_files

    return remove_left_over_files()

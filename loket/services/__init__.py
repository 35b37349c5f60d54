"""What can be done with a question. Each act: permission, state, engine, event, mail."""

from .answering import Citation, answer, citation_for, insert_source, save_draft
from .asking import Asker, Origin, ask, new_reference, record_found, title_of
from .bijlagen import record_virus
from .handling import assign, change_phase, give_back, pass_on, return_all_of, take
from .notes import add_note
from .parts import mail_contact, readers_of, recipients_of, store_files
from .publishing import knowledge_published, make_knowledge_draft
from .thread import add_reply, change_visibility, close, mark_helped, reopen
from .undelivered import dismiss, note_failed, resend

__all__ = [
    "Asker",
    "Citation",
    "Origin",
    "add_note",
    "add_reply",
    "answer",
    "ask",
    "assign",
    "change_phase",
    "change_visibility",
    "citation_for",
    "close",
    "dismiss",
    "give_back",
    "insert_source",
    "knowledge_published",
    "mail_contact",
    "make_knowledge_draft",
    "mark_helped",
    "new_reference",
    "note_failed",
    "pass_on",
    "readers_of",
    "recipients_of",
    "record_found",
    "record_virus",
    "reopen",
    "resend",
    "return_all_of",
    "save_draft",
    "store_files",
    "take",
    "title_of",
]

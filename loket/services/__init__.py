"""What can be done with a question. Each act: permission, state, engine, event, mail."""

from .answering import Citation, answer, citation_for, insert_source, save_draft
from .asking import Asker, Origin, ask, new_reference, record_found, title_of
from .clock import act_on_silence, expect_later, tell_slips
from .handling import assign, change_phase, give_back, pass_on, return_all_of, take
from .notes import add_note
from .parts import recipients_of, store_files
from .publishing import knowledge_published, make_knowledge_draft
from .thread import add_reply, change_visibility, close, mark_helped, reopen

__all__ = [
    "Asker",
    "Citation",
    "Origin",
    "act_on_silence",
    "add_note",
    "add_reply",
    "answer",
    "ask",
    "assign",
    "change_phase",
    "change_visibility",
    "citation_for",
    "close",
    "expect_later",
    "give_back",
    "insert_source",
    "knowledge_published",
    "make_knowledge_draft",
    "mark_helped",
    "new_reference",
    "pass_on",
    "recipients_of",
    "record_found",
    "reopen",
    "return_all_of",
    "save_draft",
    "store_files",
    "take",
    "tell_slips",
    "title_of",
]

"""What can be done with a question. Each act: permission, state, engine, event, mail."""

from .answering import Citation, answer, citation_for, insert_source, save_draft
from .asking import Asker, Origin, ask, new_reference, record_found, title_of
from .bijlagen import record_virus
from .clock import act_on_silence, expect_later, tell_slips
from .colleagues import (
    accept_admission,
    admit_colleague,
    colleagues_of,
    hand_over,
    hand_over_all,
    hand_over_for_asker,
    link_after_hand_over,
    withdraw_colleague,
)
from .formulieren import (
    MAX_VALUE,
    drop_form,
    form_of,
    joined,
    keep_form,
    kept,
    remove_old_forms,
)
from .gesprekken import (
    CallQuestion,
    add_reply_for,
    called_back,
    set_phone,
    take_call,
)
from .handling import assign, change_phase, give_back, pass_on, return_all_of, take
from .merging import OTHER_ASKER, merge, undo_merge
from .notes import add_note
from .parts import current, mail_contact, readers_of, recipients_of, store_files
from .publishing import knowledge_published, make_knowledge_draft
from .splitting import split
from .thread import add_reply, change_visibility, close, mark_helped, reopen
from .undelivered import dismiss, note_failed, resend

__all__ = [
    "MAX_VALUE",
    "OTHER_ASKER",
    "Asker",
    "CallQuestion",
    "Citation",
    "Origin",
    "accept_admission",
    "act_on_silence",
    "add_note",
    "add_reply",
    "add_reply_for",
    "admit_colleague",
    "answer",
    "ask",
    "assign",
    "called_back",
    "change_phase",
    "change_visibility",
    "citation_for",
    "close",
    "colleagues_of",
    "current",
    "dismiss",
    "drop_form",
    "expect_later",
    "form_of",
    "give_back",
    "hand_over",
    "hand_over_all",
    "hand_over_for_asker",
    "insert_source",
    "joined",
    "keep_form",
    "kept",
    "knowledge_published",
    "link_after_hand_over",
    "mail_contact",
    "make_knowledge_draft",
    "mark_helped",
    "merge",
    "new_reference",
    "note_failed",
    "pass_on",
    "readers_of",
    "recipients_of",
    "record_found",
    "record_virus",
    "remove_old_forms",
    "reopen",
    "resend",
    "return_all_of",
    "save_draft",
    "set_phone",
    "split",
    "store_files",
    "take",
    "take_call",
    "tell_slips",
    "title_of",
    "undo_merge",
    "withdraw_colleague",
]

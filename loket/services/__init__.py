"""What can be done with a question. Each act: permission, state, engine, event, mail."""

from .answering import Citation, answer, citation_for, insert_source, save_draft
from .asking import Asker, Origin, ask, new_reference, record_found, title_of
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
from .handling import assign, change_phase, give_back, pass_on, return_all_of, take
from .merging import OTHER_ASKER, merge, split, undo_merge
from .notes import add_note
from .parts import current, recipients_of, store_files
from .publishing import knowledge_published, make_knowledge_draft
from .thread import add_reply, change_visibility, close, mark_helped, reopen

__all__ = [
    "OTHER_ASKER",
    "Asker",
    "Citation",
    "Origin",
    "accept_admission",
    "add_note",
    "add_reply",
    "admit_colleague",
    "answer",
    "ask",
    "assign",
    "change_phase",
    "change_visibility",
    "citation_for",
    "close",
    "colleagues_of",
    "current",
    "give_back",
    "hand_over",
    "hand_over_all",
    "hand_over_for_asker",
    "insert_source",
    "knowledge_published",
    "link_after_hand_over",
    "make_knowledge_draft",
    "mark_helped",
    "merge",
    "new_reference",
    "pass_on",
    "recipients_of",
    "record_found",
    "reopen",
    "return_all_of",
    "save_draft",
    "split",
    "store_files",
    "take",
    "title_of",
    "undo_merge",
    "withdraw_colleague",
]

"""Where mail comes from: an IMAP mailbox, or a folder that somebody else fills.

Nothing is deleted. A mail leaves its place only after it was kept and handled.
"""

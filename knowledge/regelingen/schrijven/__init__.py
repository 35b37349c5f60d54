"""A legal text as a file for a word processor, with heading styles and automatic numbers."""

from .lines import Cover

__all__ = ["Cover"]

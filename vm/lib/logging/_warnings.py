"""Warnings as log messages: logging.captureWarnings().

Mirrors the end of CPython 3.13's Lib/logging/__init__.py.
"""

import logging
import warnings

_original = None


def _showwarning(message, category, filename, lineno, file=None, line=None):
    if file is not None:
        _original(message, category, filename, lineno, file, line)
        return
    logger = logging.getLogger("py.warnings")
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())
    logger.warning(warnings.formatwarning(message, category, filename, lineno, line))


def set_captured(capture):
    """Replace warnings.showwarning, or put it back."""
    global _original
    if capture and _original is None:
        _original = warnings.showwarning
        warnings.showwarning = _showwarning
    elif not capture and _original is not None:
        warnings.showwarning = _original
        _original = None

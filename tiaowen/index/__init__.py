"""Passages, tokens, the two search channels, and generations on disk."""

"""Texts side by side: what they share, how they differ."""

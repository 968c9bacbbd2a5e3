"""A value in, a file out."""

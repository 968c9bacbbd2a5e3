"""Values in, HTML or page elements out; nothing here reads a widget."""

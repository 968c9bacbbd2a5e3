"""One short file a page: read the widgets, call the library, hand the values to the parts."""

"""Files -> text: one reader for each format, each a function from bytes to a `Reading`; `isolated` runs them apart."""

"""Question -> understanding -> search -> answer of verbatim quotes, or a reason why not."""

"""The app: navigation, views that read widgets, parts that turn values into HTML, every visible word in wording."""

"""Questions from the users' lives, and how well they are answered."""

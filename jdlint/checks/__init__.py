"""Rules: cards (data) and the kinds of check that give them life."""

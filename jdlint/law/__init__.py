"""What the law of a place asks of a posting: duties as data, and which of them apply."""

"""Fixing: from findings to a file in which their words are replaced, and nothing else is."""

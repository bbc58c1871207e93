"""The specification of jdlint."""

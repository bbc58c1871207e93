"""What jdlint knows of English: words, sentences, spelling, readability. No posting in sight."""

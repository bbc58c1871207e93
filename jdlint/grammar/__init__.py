"""Grammar and typos by LanguageTool: optional, off unless asked for, and a process of its own."""

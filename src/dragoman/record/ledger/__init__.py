"""What most questions choose rows by, held in memory while a server runs: the pages ask it (docs/decisions/0009)."""

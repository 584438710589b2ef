"""Looking into files that strangers made: runs in a process of its own, with limits, and knows no Django."""

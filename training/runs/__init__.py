"""What runs on workers: the program that trains, started, watched and ended; never loaded by the web process."""

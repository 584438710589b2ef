"""What workers do in a round or a scan. Loads the learners, so only job functions import it."""

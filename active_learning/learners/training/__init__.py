"""Training reward models and policies: a program of its own, started by a worker (see ``__main__``)."""

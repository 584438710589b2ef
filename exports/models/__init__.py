"""Tables of this app; private to it."""

"""Users, persons, bodies, partnerships and groups, and who may do what."""

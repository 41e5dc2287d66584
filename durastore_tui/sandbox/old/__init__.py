"""How releases before 7.0 differ: what their JSON libraries accept and say (protocol §18)."""

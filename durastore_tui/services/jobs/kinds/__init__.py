"""One file a kind of job; `kinds.registry` has them all."""

"""How the real server reads and writes: task parameters, task replies, XML, error pages."""

"""What answers below a world's context path, one module a family of endpoints."""

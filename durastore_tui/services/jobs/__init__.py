"""Jobs: orders become journal rows, then one request each, then a truth that is gathered from outside."""

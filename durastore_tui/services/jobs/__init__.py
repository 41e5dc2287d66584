"""Jobs: orders become journal rows, then one request each, then a truth that is gathered from outside."""

from durastore_tui.services.jobs.host import Jobs
from durastore_tui.services.jobs.order import Excluded, Order

__all__ = ["Excluded", "Jobs", "Order"]

"""The tasks of every store type. `call.py` is what a task is given, `offers.py` which store offers which."""

"""The snapshot bridge behind a preservation store: snapshots, restores, their histories, on the stand-in's clock.

What takes time is a pure function of recorded moments, the clock and its speed (`course.py`). What it does to spaces
happens when someone looks (`settling.py`). Tasks reach the bridge only through the inner URLs of `service.py`.
"""

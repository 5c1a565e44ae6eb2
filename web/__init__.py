"""HTTP in, HTML out: routes of at most 15 lines, one template per page, and the composition root `app.py`."""

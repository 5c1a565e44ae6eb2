"""The group's next meetings: announced so that anyone may come, put off, called off. Those held are told elsewhere."""

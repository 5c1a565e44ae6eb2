"""The group's next meeting: announced by the team, shown where people wait for an answer."""

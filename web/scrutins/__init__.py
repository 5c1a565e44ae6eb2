"""The vote of a collège as its office runs it: road map, rules, keys, slips, paper, count, minutes."""

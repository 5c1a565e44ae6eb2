"""The demonstration's collège: three editions, three votes, and the papers of the open one."""

"""The collèges and their participatory budget: public pages, ideas, editions, the office's acts on them."""

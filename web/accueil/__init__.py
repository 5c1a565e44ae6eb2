"""Home page, health and measures; the pages that explain the site."""

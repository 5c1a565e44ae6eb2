"""Home page, health, and the pages that explain the site."""

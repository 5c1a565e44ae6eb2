"""Open data: the public tables of the register as CSV, under the Licence Ouverte 2.0, on the site and in exports."""

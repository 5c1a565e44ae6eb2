"""Documents of the assemblies: extract, list of deliberations, minutes, yearly register, and their twin pages."""

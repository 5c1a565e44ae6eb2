"""The same acts and the same reads as the pages, as JSON: described in OpenAPI 3.1 by the types that decode them."""

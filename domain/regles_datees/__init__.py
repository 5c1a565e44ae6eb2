"""Rule-sets as dated data: proposed by one function, published by another, applied by meetings on their days."""

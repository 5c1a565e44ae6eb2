"""The demonstration territory: the real frame (communes, conferences, bodies) and acts that are invented and say so."""

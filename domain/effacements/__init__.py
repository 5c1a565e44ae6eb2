"""Erasures: what a person wrote, or what was written of her, goes; the proofs of the register stay (TRACE §3).

Both facts are written in the stream of the dossier: the request, which is the decision of the data-protection
officer, then, once keys, disclosures and read models are gone, the execution. A request without its execution is a
crash: what follows is done again at the next start. Neither fact says who the person is.
"""

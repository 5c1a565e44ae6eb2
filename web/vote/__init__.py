"""The vote of a pupil: a slip, a ballot, a read-back, the urn. No account, no row, no trace of who chose what.

Texts and order of the screens: PRODUCT §3.2. The voting session is one sealed cookie for 15 minutes; with JavaScript
the choice never leaves the browser in clear, without it the server seals and forgets.
"""

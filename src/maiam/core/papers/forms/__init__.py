"""One module per paper: the facts it may print, and the pure function that makes the paper of them.

A fact that must not reach a reader has no field in that paper's facts: no paper served on the
perpetrator knows an address of the protected person, a village, a shelter, or who reported.
"""

"""Finding the records that are one person: probabilistic linkage (Fellegi and Sunter 1969), tuned for Vietnamese names.

`evidence` makes comparable columns of a table as it was typed; `comparisons` says in which steps two records are
alike; `settings` puts the learnt weights (weights.json) to them; `pairs` runs the library on an `engine`; `training`
learns the weights anew. The library takes a second to import, so nothing is imported here.

References
----------
Fellegi & Sunter (1969), A Theory for Record Linkage, Journal of the American Statistical Association 64.
Linacre et al. (2022), Splink: free software for probabilistic record linkage at scale, IJPDS 7(3).
"""

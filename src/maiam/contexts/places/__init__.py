"""Places of Vietnam through time: units, what they became, villages, shapes."""

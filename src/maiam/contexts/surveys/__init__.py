"""How families live: questions kept as data, collected in rounds, checked as they are typed."""

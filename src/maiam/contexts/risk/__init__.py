"""How great the danger to a protected person is: assessed, raised at once by anyone, lowered only by two."""

"""Statistics of families as definitions: any unit, any date, any map, small numbers hidden."""

"""Lists that communes keep in Excel and CSV, checked cell by cell, then brought into the register."""

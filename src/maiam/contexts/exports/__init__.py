"""Lists that leave the register: for a purpose, with a second person's yes, marked, once, for a day."""

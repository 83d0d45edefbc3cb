"""A small fictional Đắk Nông, made through the services from a seed. No one in it exists."""

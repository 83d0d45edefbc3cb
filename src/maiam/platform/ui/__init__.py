"""What every page is made of: bases, repeated parts as tags, forms that read Vietnamese."""

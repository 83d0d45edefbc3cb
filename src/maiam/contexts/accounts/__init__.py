"""People hold posts in organisations at a place for a time; their powers come from the post."""

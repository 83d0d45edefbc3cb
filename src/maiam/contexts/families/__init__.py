"""Every household and its people through time. Nothing here says or hints at violence."""

"""What is asked, how answers are judged, how rounds run. Pure."""

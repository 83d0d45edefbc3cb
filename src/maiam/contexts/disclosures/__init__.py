"""What leaves the house about one case for a court that asked: made by two people, without what must not leave."""

"""What a person may ask of what is held about them: to see, correct, restrict, erase; within the law's time."""

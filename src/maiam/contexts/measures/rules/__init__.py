"""Pure decisions: the one state machine of measures, their procedures, what a condition finds."""

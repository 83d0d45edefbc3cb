"""Alarms at intake: what the house already knows that a new report may be a part of."""

"""Pure decisions about reports: `states` first, then `draft` (what is told), `receipts`, `limits`, `pictures`."""

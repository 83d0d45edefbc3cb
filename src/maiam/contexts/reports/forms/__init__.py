"""Typed words into values: `public` (six short questions), `places` (typing a commune), `intake`, `triage`."""

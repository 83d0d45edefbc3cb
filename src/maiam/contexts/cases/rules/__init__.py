"""Pure decisions of the context, one noun a file: incidents, cases, no_contact, papers."""

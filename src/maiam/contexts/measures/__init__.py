"""Every measure of Art. 22 beside no-contact: asked for, decided where the law says, served, carried out, ended."""

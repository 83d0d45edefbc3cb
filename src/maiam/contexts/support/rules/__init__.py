"""The pure rules of support: contacts, needs, referrals, consents."""

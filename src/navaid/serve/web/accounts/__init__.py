"""Accounts: several people on one server, each with a vault of their own."""

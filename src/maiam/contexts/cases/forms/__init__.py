"""Typed words into values, one noun a file: incidents and their people, requests, decisions, carrying out, cases."""

"""Statements out of annotated Docs: relations, events and attributions with their evidence."""

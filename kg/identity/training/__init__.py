"""Training of what identity weighs; nothing here is needed to run."""

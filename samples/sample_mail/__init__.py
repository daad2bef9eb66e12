"""What samples/generate.py is made of; Python standard library only."""

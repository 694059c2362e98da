"""Builds the files of helpers/data from packages: `python -m staff.data [NAME…]`. Every build gives the same bytes again."""

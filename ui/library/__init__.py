"""The library: what is indexed, to look through, read, add to and take from.

`shelf` does it, `markup` shows it, and `view` puts both on the page.
"""

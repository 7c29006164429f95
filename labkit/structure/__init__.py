"""What a package must look like before anything is made of it: types, keys, ids, codes, years and outlines.

Opening a city and checking it use the same rules: opening stops at the first flaw, the check tells them all.
"""

"""Assignments: written once, released to students, varied by district, collected, graded and given back.

Each module is one small step: a notebook or a folder goes in, a notebook or a folder comes out. There is no
database: what is known of a hand-in stands in one JSON file beside it.
"""

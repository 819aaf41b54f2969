"""What a person sees of their papers, laid out for any page: values by group, a timeline, the place of some words.

In: a Profile, its Readings, a paper's bytes. Out: records of words and numbers, and pictures of pages. No HTML.
"""

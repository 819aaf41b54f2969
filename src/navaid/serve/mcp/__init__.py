"""The journeys as tools for an assistant that a person already uses, by the Model Context Protocol. They only read.

In: a tool's arguments, from the assistant. Out: text with numbered sources, and the same as structured content. Start
at server.py; `tools` need the library and the kept studies, `mine` the records of somebody who has switched that on.
"""

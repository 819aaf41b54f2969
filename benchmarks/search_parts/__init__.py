"""The parts of `benchmarks/search.py`: each measures one thing and can be run alone."""

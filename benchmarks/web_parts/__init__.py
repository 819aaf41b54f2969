"""The parts of `benchmarks/web.py`: each measures one thing and can be run alone."""

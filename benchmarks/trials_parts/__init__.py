"""The parts of the benchmark of trials."""

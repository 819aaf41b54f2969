"""The parts of what is measured of trials."""

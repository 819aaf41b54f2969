"""The parts of what is measured of personal answers."""

"""Navaid: a cancer navigator whose every sentence points to its source. Start with `journeys.ask`."""

"""What Navaid does, told as it happens: each function reads top to bottom like the list of its steps."""

from navaid.journeys.asking import ask, first, how_it_works, in_other_words
from navaid.journeys.library import add, build_starter_vectors, open_library, refresh_starter
from navaid.journeys.person import not_known, prepare_visit, watch
from navaid.journeys.records import add_records, explain_report, own_profile, read_records, what_changed
from navaid.journeys.telling import Explain, OnPage, OnStudies, no_progress, no_studies, silent
from navaid.journeys.trials import add_trials, check_trial, find_trials, show_trial, sync_trials

__all__ = [
    "Explain",
    "OnPage",
    "OnStudies",
    "add",
    "add_records",
    "add_trials",
    "ask",
    "build_starter_vectors",
    "check_trial",
    "explain_report",
    "find_trials",
    "first",
    "how_it_works",
    "in_other_words",
    "no_progress",
    "no_studies",
    "not_known",
    "open_library",
    "own_profile",
    "prepare_visit",
    "read_records",
    "refresh_starter",
    "show_trial",
    "silent",
    "sync_trials",
    "watch",
    "what_changed",
]

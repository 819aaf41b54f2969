"""What a process takes of the machine, from /proc."""

from __future__ import annotations

import os
from pathlib import Path


def processor_s(pid: int) -> float:
    """Processor seconds that a process used so far, of all its threads."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory_mb(pid: int, field: str = "VmRSS") -> float:
    """Megabytes that a process holds; `VmHWM` for the most it held."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    return next(float(line.split()[1]) for line in lines if line.startswith(f"{field}:")) / 1024

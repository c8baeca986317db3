#!/usr/bin/env python3
"""The example, gone wrong: it answers with far more than was asked, and with nonsense."""

import sys
from pathlib import Path

EXAMPLE = Path(__file__).resolve().parents[2] / "Examples" / "remote-check"
sys.path.insert(0, str(EXAMPLE))
import check  # noqa: E402


def findings(event, trusted):
    hostile = "\x1b[2J\x1b]0;owned\x07 \u202egnp.exe\n" + "x" * 600
    return [
        {"reason": f"Flood{number}", "severity": "critical", "message": hostile}
        for number in range(300)
    ] + [
        {"reason": "not a word", "message": "x"},
        {"reason": "NoMessage"},
        {"reason": "BadSeverity", "severity": "apocalypse", "message": "x"},
        {"reason": "BadEvidence", "message": "x", "evidence": [1, 2]},
    ]


check.findings = findings
check.main()

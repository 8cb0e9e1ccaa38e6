#!/usr/bin/env bash
# Prints the last line of a test run: how it ended, the flakes, and what was not run.
# Arguments: the file of events (harness/events.rs; it may be missing), the exit code of the tests.
set -euo pipefail
events=$1 code=$2
[ -e "$events" ] || : >"$events"
awk -F '\t' -v code="$code" '
	{ count[$1]++; if (!seen[$1, $2]++) order[$1, ++causes[$1]] = $2; times[$1, $2]++ }
	function list(kind,    text, i, cause) {
		for (i = 1; i <= causes[kind]; i++) {
			cause = order[kind, i]
			text = text (i > 1 ? ", " : " (") cause ": " times[kind, cause]
		}
		return count[kind] + 0 text (text == "" ? "" : ")")
	}
	END {
		printf "Tests %s. Flakes: %s. Not run: %s.\n",
			code == 0 ? "passed" : "FAILED", list("flake"), list("not-run")
	}
' "$events"
exit "$code"

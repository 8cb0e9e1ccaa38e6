#!/usr/bin/env bash
# Prints the end of a test run: what each test that failed said, and a last line with how the run ended, the flakes,
# and what was not run.
# Arguments: the file of events (harness/events.rs; it may be missing), what the tests printed, their exit code.
set -euo pipefail
events=$1 output=$2 code=$3
[ -e "$events" ] || : >"$events"
# Of each program libtest prints what its failed tests said between two lines "failures:".
awk '/^failures:$/ { said = 0 } /^---- .* stdout ----$/ { said = 1 } said' "$output"
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

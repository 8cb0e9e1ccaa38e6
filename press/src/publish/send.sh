#!/bin/sh
# Sends a site in the stages of press publish: sh send.sh DESTINATION [OPTIONS OF RSYNC]
# DESTINATION is a folder, or user@host:/folder. Run it again if it fails: it ends when all is there.
set -eu
[ $# -gt 0 ] || { echo "usage: sh send.sh DESTINATION [OPTIONS OF RSYNC]" >&2; exit 2; }
lists=$(cd "$(dirname "$0")" && pwd) site=PRESS_SITE
case $1 in *:) to=$1./ ;; *) to=${1%/}/ ;; esac
shift
[ -e "$lists/unsent.json" ] || { echo "All of it was sent already." >&2; exit 0; }
nothing=$(mktemp -d)
trap 'rmdir "$nothing"' EXIT
# Times are compared to the nanosecond, because two prints may come within a second.
send() { "${RSYNC:-rsync}" --times --modify-window=-1 --compress --mkpath --chmod=D755,F644 "$@" "$to"; }
# What is in a list and not in an empty folder is deleted. For rsync its folders have "vanished" (exit code 24).
delete() {
	list=$1
	shift
	[ -s "$lists/$list" ] || return 0
	said=$(send --delete-missing-args --files-from="$lists/$list" "$@" "$nothing/" 2>&1) || [ $? -eq 24 ] || {
		printf '%s\n' "$said" >&2
		exit 1
	}
}
delete 0-in-the-way.txt "$@"
for list in "$lists"/[1-8]-*.txt; do
	[ ! -s "$list" ] || send --files-from="$list" "$@" "$site/"
done
delete 9-removed.txt "$@"
mv "$lists/unsent.json" "$lists/sent.json"

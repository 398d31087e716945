# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
#
# What every verb starts with: strict mode, the root of the clone, one way to give up.
set -euo pipefail

TIAOJIE_ROOT=${TIAOJIE_ROOT:-$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)}
export TIAOJIE_ROOT

die() {
    echo "$*" >&2
    exit 1
}

# Runs a command quietly: its output stays in LOG and is shown only when it fails, from where ninja names the first
# failure, or else its end.
quietly() {
    local log=$1
    shift
    if ! "$@" >"$log" 2>&1; then
        echo "failed: $*"
        if grep -q '^FAILED: ' "$log"; then
            sed -n '/^FAILED: /,$p' "$log" | grep -vE '^\[[0-9]+/[0-9]+\] (Building|Linking)' | head -n 100
        else
            tail -n 100 "$log"
        fi
        return 1
    fi >&2
}

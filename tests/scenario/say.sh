# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
#
# Say: how a scenario reports. Sourced first by every tests/scenario/*_test.sh; brings strict mode and the shared pieces
# of deploy/dev for processes and clusters.
#
#   say "what must hold" COMMAND...     runs it (in a subshell with strict mode); prints `ok ...` or `not ok ...: why`
#   say_skip "what must hold" "why not" prints `skip ...`
#   same VALUE WANTED                   for say: two values are one, and there is one
#   refused WORDS COMMAND...            for say: it fails and says these words; what it printed stays in TIAOJIE_WORK/out.log
#
# What the command prints goes to standard error, which `./dev test` shows when the scenario fails.
source "$(dirname "${BASH_SOURCE[0]}")/../../deploy/dev/strict.sh"
source "$TIAOJIE_ROOT/deploy/dev/private.sh"
source "$TIAOJIE_ROOT/deploy/dev/processes.sh"
source "$TIAOJIE_ROOT/deploy/dev/postgres.sh"

say() {
    local sentence=$1 log code=0
    shift
    log=$(mktemp "$TIAOJIE_WORK/say.XXXXXX")
    # Not in an `if` or behind `||`: there bash would ignore `set -e` in the command.
    set +e
    (
        set -e
        "$@"
    ) >"$log" 2>&1
    code=$?
    set -e
    if ((code == 0)); then
        echo "ok $sentence"
    else
        echo "not ok $sentence: code $code, $(tail -n 1 "$log")"
        cat "$log" >&2
    fi
    rm -f "$log"
}

say_skip() {
    echo "skip $1: $2"
}

same() {
    [[ -n $1 && $1 == "$2" ]] || {
        echo "'$1' is not '$2'" >&2
        return 1
    }
}

refused() {
    local words=$1
    shift
    if "$@" >"$TIAOJIE_WORK/out.log" 2>&1; then
        echo "not refused: $*" >&2
        return 1
    fi
    grep -qF -- "$words" "$TIAOJIE_WORK/out.log" || {
        cat "$TIAOJIE_WORK/out.log" >&2
        return 1
    }
}

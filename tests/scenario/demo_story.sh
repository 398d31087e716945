# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
#
# Demo story: what scenarios that play the demonstration with a story of their own share. Needs say.sh. TIAOJIE_DEMO is the
# demonstration's folder.
#
#   demo_play INPUT        plays the story in the folder INPUT; its end is shown when it fails
#   kept NAME              a value that the story kept
#   by PROFILE WORDS...    a person's command; its answer stays in TIAOJIE_WORK/answer, what it prints in TIAOJIE_WORK/out.log
#   demo_end               ends the demonstration's nodes and removes all that it made

demo_end() {
    local private
    [[ -f $TIAOJIE_DEMO/private ]] || return 0
    private=$(<"$TIAOJIE_DEMO/private")
    process_stop "$TIAOJIE_DEMO/processes"
    postgres_remove "$private/postgres"
    rm -rf "$private" "$TIAOJIE_DEMO"
}

demo_play() {
    "$TIAOJIE_ROOT/dev" demo --input "$1" >"$TIAOJIE_WORK/demo.log" 2>&1 || {
        tail -n 30 "$TIAOJIE_WORK/demo.log" >&2
        return 1
    }
}

kept() {
    sed -n "s/^$1=//p" "$(<"$TIAOJIE_DEMO/private")/scratch/kept"
}

by() {
    local who=$1
    shift
    "$TIAOJIE_BIN/tiaojie" --as "$TIAOJIE_DEMO/profiles/$who" --keep "$TIAOJIE_WORK/answer" "$@" >"$TIAOJIE_WORK/out.log" 2>&1
}

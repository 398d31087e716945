# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
#
# Demo end: what a scenario that plays the demonstration does at its end. Needs say.sh.
#
#   demo_end     ends the nodes of the demonstration in TIAOJIE_DEMO and removes all that it made there

demo_end() {
    local private
    [[ -f $TIAOJIE_DEMO/private ]] || return 0
    private=$(<"$TIAOJIE_DEMO/private")
    process_stop "$TIAOJIE_DEMO/processes"
    postgres_remove "$private/postgres"
    rm -rf "$private" "$TIAOJIE_DEMO"
}

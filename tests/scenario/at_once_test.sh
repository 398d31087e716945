#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# At once: two mediators record the same session at once; a repeated command gets its first answer, whoever was killed
# in between; an id that was used for something else is refused.
source "$(dirname "${BASH_SOURCE[0]}")/say.sh"
NODE=atonce
source "$TIAOJIE_ROOT/tests/scenario/kill_node.sh"

ROUNDS=5
OK=0
CONFLICT=13
REUSED=19
case_id=

finish() {
    kill_node_drop
}
trap finish EXIT

as() {
    local who=$1 answer=$2
    shift 2
    "$TIAOJIE_BIN/tiaojie" --as "$DIR/profiles/$who" --wait 60 --keep "$answer" "$@" >/dev/null
}

session_ready() {
    kill_early 1 "session record" "$TIAOJIE_WORK/early"
    # A second key of the same mediator: two people at two desks.
    node_person "$DIR" mediator-desk mediator 1 "$(head -n 1 "$DIR/mediators")"
}

show() {
    as clerk-1 "$TIAOJIE_WORK/page" case show "$case_id"
    jq "$1" "$TIAOJIE_WORK/page"
}

recorded() {
    show '[.body.timeline[] | select(.event == "session recorded")] | length'
}

# ---- two at once ----------------------------------------------------------------------------------------------------

record() {
    local who=$1 version=$2 code=0
    as "$who" "$TIAOJIE_WORK/$who" --expect "$version" session record "$case_id" --ordinal 1 --record "由 $who 记录" ||
        code=$?
    echo "$code" >"$TIAOJIE_WORK/$who.code"
}

two_at_once() {
    local version before winner loser
    version=$(show .body.version)
    before=$(recorded)
    record mediator-1 "$version" &
    record mediator-desk "$version" &
    wait
    winner=mediator-1 loser=mediator-desk
    [[ $(<"$TIAOJIE_WORK/$winner.code") == "$OK" ]] || winner=mediator-desk loser=mediator-1
    cat "$TIAOJIE_WORK/$winner" "$TIAOJIE_WORK/$loser"
    [[ $(<"$TIAOJIE_WORK/$winner.code") == "$OK" && $(<"$TIAOJIE_WORK/$loser.code") == "$CONFLICT" ]]
    [[ $(recorded) == $((before + 1)) ]]
    # What he is told is the version that the winner made, and the case shows what that was.
    [[ $(show .body.version) == $(jq .token.position "$TIAOJIE_WORK/$winner") ]]
    jq -e --arg version "$(jq .token.position "$TIAOJIE_WORK/$winner")" \
        '.refusal.field == "expected_version" and (.refusal.reason | contains($version))' "$TIAOJIE_WORK/$loser"
    [[ $(show '.body.timeline | last | .position') == $(show .body.version) ]]
}

rounds() {
    local round
    for ((round = 0; round < ROUNDS; round++)); do
        two_at_once
    done
}

# ---- again ----------------------------------------------------------------------------------------------------------

mediation_pid() {
    process_pid "$BOOK" "$(basename "$DIR")-mediation"
}

# The process ends at its fail point, or by our hand; then another one is started clean.
restart_mediation() {
    local pid
    pid=$(mediation_pid)
    kill -KILL "$pid" 2>/dev/null || true
    until process_gone "$pid"; do :; done
    node_start_one "$DIR" "$BOOK" mediation
}

same_answer() {
    local what='{id, about, token, events}'
    cat "$1" "$2"
    cmp <(jq -S "$what" "$1") <(jq -S "$what" "$2") && [[ $(jq .repeated "$2") == true ]]
}

repeated() {
    local id before
    as mediator-1 "$TIAOJIE_WORK/one" session record "$case_id" --ordinal 1 --record "第一次"
    id=$(jq -r .id "$TIAOJIE_WORK/one")
    [[ $(jq .repeated "$TIAOJIE_WORK/one") == false ]]
    before=$(recorded)
    as mediator-1 "$TIAOJIE_WORK/two" --id "$id" session record "$case_id" --ordinal 1 --record "第一次"
    same_answer "$TIAOJIE_WORK/one" "$TIAOJIE_WORK/two"
    [[ $(recorded) == "$before" ]]
}

repeated_after_a_kill() {
    restart_mediation
    as mediator-1 "$TIAOJIE_WORK/three" --id "$(jq -r .id "$TIAOJIE_WORK/one")" session record "$case_id" --ordinal 1 \
        --record "第一次"
    same_answer "$TIAOJIE_WORK/one" "$TIAOJIE_WORK/three"
}

# Durable, but nobody was told: the client repeats by itself and gets the answer of the first time.
killed_before_answering() {
    local before pid client
    before=$(recorded)
    TIAOJIE_FAIL_POINT=batch.after_commit:1 restart_mediation
    node_admin "$DIR" node ready --wait 30
    pid=$(mediation_pid)
    as mediator-1 "$TIAOJIE_WORK/four" session record "$case_id" --ordinal 1 --record "未得到答复" &
    client=$!
    until process_gone "$pid"; do :; done
    restart_mediation
    wait "$client"
    cat "$TIAOJIE_WORK/four"
    [[ $(jq .repeated "$TIAOJIE_WORK/four") == true && $(recorded) == $((before + 1)) ]]
}

reused() {
    local before code=0 id=$1
    shift
    before=$(recorded)
    as "$1" "$TIAOJIE_WORK/five" --id "$id" session record "$case_id" --ordinal 1 --record "$2" || code=$?
    cat "$TIAOJIE_WORK/five"
    [[ $code == "$REUSED" && $(recorded) == "$before" ]]
}

say "a node with one office starts" kill_node_make 1
say "a case is in session" session_ready
case_id=$(sed -nE 's/^has 1 mediation ([0-9]+)$/\1/p' "$TIAOJIE_WORK/early")
say "of two who record the same session at once, one succeeds and the other is told what changed" rounds
say "a repeated command gets its first answer, and nothing happens" repeated
say "a repeated command gets its first answer after the service was killed" repeated_after_a_kill
say "a command that was done when its service was killed is answered, once done" killed_before_answering
id=$(jq -r .id "$TIAOJIE_WORK/one")
say "a command's id with another body is refused" reused "$id" mediator-1 "第二次"
say "another person's command id is refused" reused "$id" mediator-desk "第一次"
say "the logs hold and the tables are what they say" kill_chains

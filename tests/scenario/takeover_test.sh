#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Takeover: two processes of mediation share its partitions. When one is killed the other answers for its partitions. One
# that is stopped, replaced, and continued in the middle of everything writes nothing wrong.
source "$(dirname "${BASH_SOURCE[0]}")/say.sh"
NODE=takenover
source "$TIAOJIE_ROOT/tests/scenario/kill_node.sh"

OFFICES=4
DISPUTES=8
MOMENTS=8       # stopped at every second one, continued at the others
SHARE_SECONDS=8 # until two processes that share badly are given up
REACH_MS=4000   # what a takeover should take; a figure here, not a verdict
first=
second=
stopped=
next=
moments=0

finish() {
    # A stopped process cannot hear that it should end.
    [[ -z $stopped ]] || kill -CONT "$stopped" 2>/dev/null || true
    kill_node_drop
}
trap finish EXIT

# The partitions that the offices' cases are in and that this process owns.
owned() {
    psql --no-psqlrc --quiet --tuples-only --no-align --set=ON_ERROR_STOP=1 "$TIAOJIE_PG dbname=$NODE" --command="
        select o.partition from node.owner as o where o.service = 'mediation' and o.process like 'mediation-$1-%'" |
        grep -xF -f "$TIAOJIE_WORK/used" || true
}

owns() {
    [[ -n $(owned "$1") ]]
}

# Starts one more mediation beside `first`; again until both have cases. Not in a subshell: we must know its number.
start_second() {
    local deadline
    while :; do
        node_start_one "$DIR" "$BOOK" mediation
        second=$!
        deadline=$((SECONDS + SHARE_SECONDS))
        until owns "$second" && owns "$first"; do
            ((SECONDS < deadline)) || break
        done
        if owns "$second" && owns "$first"; then
            return
        fi
        kill -TERM "$second"
        wait "$second" || true
    done
}

share() {
    echo "first has $(owned "$first" | tr '\n' ' '), second $(owned "$second" | tr '\n' ' ')"
    owns "$first" && owns "$second"
}

# A step of each case that the killed process had; the first answer tells how long nobody answered.
take_over() {
    local began partition number answered=
    owned "$first" >"$TIAOJIE_WORK/lost"
    began=$(date +%s%N)
    kill -KILL "$first"
    while read -r partition; do
        while read -r number; do
            ((number % 256 == partition)) || continue
            "$TIAOJIE_BIN/tiaojie" --as "$DIR/profiles/$(mediator_of "$number")" --wait 30 session record "$number" \
                --ordinal 1 --record "再次核对"
            [[ -n $answered ]] || answered=$((($(date +%s%N) - began) / 1000000))
        done <"$TIAOJIE_WORK/cases"
    done <"$TIAOJIE_WORK/lost"
    echo "$answered" >"$TIAOJIE_WORK/took"
    [[ -n $answered ]] && ! owns "$first" && owns "$second"
}

mediator_of() {
    local dispute
    dispute=$(sed -nE "s/^has ([0-9]+) mediation $1$/\1/p" "$TIAOJIE_WORK/early")
    echo "mediator-$(((dispute - 1) % OFFICES + 1))"
}

# ---- stopped and continued ------------------------------------------------------------------------------------------

# In turn; the other one has all cases when this returns.
stop_one() {
    stopped=$next
    kill -STOP "$stopped"
    while owns "$stopped"; do :; done
}

# Both have cases again when this returns.
continue_one() {
    kill -CONT "$stopped"
    until owns "$first" && owns "$second"; do :; done
    next=$first
    [[ $stopped != "$first" ]] || next=$second
    stopped=
}

take_moment() {
    moments=$((moments + 1))
    if ((moments % 2)); then
        stop_one
    else
        continue_one
    fi
    kill_answer
}

storm() {
    kill_time "${KILL_STORM[0]}"
    next=$first
    kill_play 1 "$DISPUTES" "$MOMENTS" end "$TIAOJIE_WORK/storm"
    while :; do
        kill_line 1
        case $LINE in
        kill) take_moment ;;
        time) kill_time "${KILL_STORM[1]}" && kill_answer ;;
        played*) break ;;
        ended) return 1 ;;
        esac
    done
    echo "$LINE" >&2
}

outcome() {
    echo "$moments moments"
    ((storm_code == 0 && moments == MOMENTS)) || (tail -n 20 "$TIAOJIE_WORK/play.err" && return 1)
}

both_live() {
    [[ -d /proc/$first && -d /proc/$second ]]
}

judged() {
    kill_judge "$TIAOJIE_WORK/calm" "$TIAOJIE_WORK/storm" | tee /dev/stderr |
        grep -qE '^acknowledged=[1-9][0-9]* lost=0 doubled=0 differ=0$'
}

say "a node with $OFFICES offices starts" kill_node_make "$OFFICES"
say "each office has a case in session" kill_early "$OFFICES" "session record" "$TIAOJIE_WORK/early"
sed -nE 's/^has [0-9]+ mediation ([0-9]+)$/\1/p' "$TIAOJIE_WORK/early" >"$TIAOJIE_WORK/cases"
awk '{ print $1 % 256 }' "$TIAOJIE_WORK/cases" >"$TIAOJIE_WORK/used"

first=$(process_pid "$BOOK" "$(basename "$DIR")-mediation")
start_second
say "two processes of mediation share its partitions" share
say "a killed process's cases are answered for by the other" take_over
echo "takeover ms=$(cat "$TIAOJIE_WORK/took" 2>/dev/null || echo none) reach_ms=$REACH_MS"

say "$DISPUTES disputes go to their end undisturbed" kill_calm "$DISPUTES" "$TIAOJIE_WORK/calm"
sed -n 's/^has /has 1000/p' "$TIAOJIE_WORK/early" >>"$TIAOJIE_WORK/calm"
first=$second
start_second
storm_code=0
storm || storm_code=$?
say "$DISPUTES disputes go to their end while a process is stopped, replaced and continued" outcome
say "the process that was continued lives on" both_live
kill_node_stop
stopped=
say "nothing is lost, nothing happened twice, and every dispute went as undisturbed" judged
say "the logs hold and the tables are what they say" kill_chains
echo "takeover fenced=$(sed -nE 's/.* fenced=([0-9]+) .*/\1/p' "$DIR/log/mediation.log" | awk '{ n += $1 } END { print n + 0 }')"

# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
#
# Kill's node: a node on which disputes are played while its processes are killed. Sourced after say.sh by the scenarios
# kill, takeover and at_once; each sets NODE, a name of its own. Time stands still until the script moves it, so that
# two runs of one script differ in nothing but their day.
#
#   kill_node_make OFFICES           a node with so many offices, each with a clerk, a mediator and their keys; started
#   kill_play SEED DISPUTES MOMENTS LAST KEPT    starts `kill play` in the background: its lines come by descriptor 3
#   kill_line SECONDS                its next line, `kill`, `time`, `played ...` or `ended`, into LINE
#   kill_answer                      tells it that what it asked for is done
#   kill_early DISPUTES LAST KEPT    plays disputes up to the step LAST; before all others
#   kill_calm DISPUTES KEPT          plays disputes to their end, undisturbed
#   kill_judge CALM STORM            prints the judge's line over the whole log
#   kill_chains                      fails unless all logs hold and all tables are what their logs say
#   kill_node_stop                   ends its processes
#   kill_node_drop                   ends and drops it
source "$TIAOJIE_ROOT/deploy/dev/node.sh"

DIR=$TIAOJIE_WORK/n
BOOK=$TIAOJIE_WORK/book
KILL_LINES=$TIAOJIE_WORK/lines
KILL_ANSWERS=$TIAOJIE_WORK/answers
# Weeks of plain working days: what falls due at the first moment of a pair is overdue at the second. Time never goes back.
KILL_EARLY=2026-05-25T10:00:00+08:00
KILL_CALM=(2026-06-01T10:00:00+08:00 2026-06-11T10:00:00+08:00)
# shellcheck disable=SC2034 # for whoever disturbs
KILL_STORM=(2026-07-06T10:00:00+08:00 2026-07-16T10:00:00+08:00)

kill_time() {
    printf '%s\n' "$1" >"$DIR/time.new"
    mv "$DIR/time.new" "$DIR/time"
}

kill_office() {
    local office=$1
    node_office "$DIR" "$office" "Street $office" 440305 committee
    node_person "$DIR" "clerk-$office" clerk,head,bench "$office"
}

kill_mediator() {
    local office=$1 number
    number=$("$TIAOJIE_BIN/tiaojie" --as "$DIR/profiles/clerk-$office" --json mediator add "$office" --name "陈静" \
        --kinds labour-wages --limit 200 | jq -r .about)
    node_person "$DIR" "mediator-$office" mediator,bench "$office" "$number"
    echo "$number" >>"$DIR/mediators"
}

kill_node_make() {
    local offices=$1 office
    mkdir -p "$DIR"
    NODE_TIME=$DIR/time
    kill_time "$KILL_EARLY"
    node_make "$DIR" "$NODE" 440305
    for ((office = 1; office <= offices; office++)); do
        kill_office "$office"
    done
    node_start "$DIR" "$BOOK"
    for ((office = 1; office <= offices; office++)); do
        kill_mediator "$office"
    done
}

kill_play() {
    [[ -p $KILL_LINES ]] || mkfifo "$KILL_LINES" "$KILL_ANSWERS"
    exec 3<>"$KILL_LINES" 4<>"$KILL_ANSWERS"
    # shellcheck disable=SC2016 # the inner shell's own
    process_start "$BOOK" kill-play "$TIAOJIE_WORK/play.err" \
        bash -c 'exec "$@" <"$0/answers" >"$0/lines" 3<&- 4<&-' "$TIAOJIE_WORK" \
        "$TIAOJIE_TESTS/scenario/kill" play "$DIR" "$@"
    KILL_PLAYER=$!
    KILL_PART=
}

kill_answer() {
    echo go >&4
}

# The next line of the player, waiting SECONDS at most: into LINE, empty when none came. An ended player says `ended`.
# What was read of a line when the time was over belongs to the next one.
kill_line() {
    local seconds=$1 part
    LINE=
    if read -rt "$seconds" -u 3 part; then
        LINE=$KILL_PART$part
        KILL_PART=
        return
    fi
    KILL_PART+=$part
    if [[ ! -d /proc/$KILL_PLAYER ]] && ! read -rt 0 -u 3; then
        # shellcheck disable=SC2034 # for whoever calls
        LINE=ended
    fi
}

# Plays undisturbed; MOMENT is when the later steps begin.
kill_through() {
    local moment=$1
    shift
    kill_play "$@"
    while :; do
        kill_line 1
        case $LINE in
        time) kill_time "$moment" && kill_answer ;;
        played*) break ;;
        ended) cat "$TIAOJIE_WORK/play.err" && return 1 ;;
        esac
    done
    echo "$LINE"
}

kill_early() {
    kill_through "$KILL_EARLY" 1 "$1" 0 "$2" "$3"
}

kill_calm() {
    kill_time "${KILL_CALM[0]}"
    kill_through "${KILL_CALM[1]}" 1 "$1" 0 end "$2"
}

kill_judge() {
    psql --no-psqlrc --quiet --tuples-only --no-align --set=ON_ERROR_STOP=1 "$TIAOJIE_PG dbname=$NODE" \
        --file="$TIAOJIE_ROOT/tests/scenario/kill_log.sql" >"$TIAOJIE_WORK/log"
    "$TIAOJIE_TESTS/scenario/kill_judge" "$TIAOJIE_WORK/log" "$1" "$2"
}

kill_chains() {
    node_admin "$DIR" log verify | tee /dev/stderr | grep -q ' bad=0$'
    node_admin "$DIR" replay | tee /dev/stderr | awk '!/ differ=0$/ { bad = 1 } END { exit bad || NR == 0 }'
}

# All are asked at once, then waited for one by one.
kill_node_stop() {
    local pid birth name
    [[ -f $BOOK ]] || return 0
    while read -r pid birth name; do
        if process_same "$pid" "$birth"; then
            kill -TERM "$pid" || echo "$name is gone"
        fi
    done <"$BOOK"
    process_stop "$BOOK"
}

kill_node_drop() {
    local psql=(psql --no-psqlrc --quiet --tuples-only --no-align "$TIAOJIE_PG dbname=postgres") role
    kill_node_stop
    "${psql[@]}" --command="drop database if exists $NODE with (force)"
    "${psql[@]}" --command="select rolname from pg_catalog.pg_roles where rolname like '${NODE}\\_%'" |
        while read -r role; do
            "${psql[@]}" --command="drop role $role"
        done
}

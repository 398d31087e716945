#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Kill: disputes go on while their node's processes and its PostgreSQL are killed, at every named fail point and at
# random moments. What was acknowledged is in the log once, and every dispute went as it goes undisturbed.
#
#     ./dev test kill [--seed N] [--kills N] [--disputes N]
#
# The same seed chooses the same fail points, passes and victims; how the processes interleave is never the same.
source "$(dirname "${BASH_SOURCE[0]}")/say.sh"
NODE=killed
source "$TIAOJIE_ROOT/tests/scenario/kill_node.sh"

OFFICES=4
SEED=1
KILLS=20
DISPUTES=8
if (($#)); then
    KILLS=200
    DISPUTES=40
fi
while (($#)); do
    case $1 in
    --seed) SEED=$2 ;;
    --kills) KILLS=$2 ;;
    --disputes) DISPUTES=$2 ;;
    *) die "kill: no option $1; there are --seed N, --kills N and --disputes N" ;;
    esac
    shift 2
done

BUSY=(vault intake mediation assignment) # services that these disputes pass through
declare -A pid armed todo hit started struck
points=()
kills=0
armed_count=0
strikes=0
postgres_kills=0
moments=0
clock_kills=1 # still to come
unexpected=0

finish() {
    kill_node_drop
}
trap finish EXIT

# ---- which fail points where ----------------------------------------------------------------------------------------

# Whether a service comes to a fail point while disputes are played. Clocks run out only when the script moves the time.
suits() {
    case $2 in
    gateway.*) [[ $1 == gateway ]] ;;
    clock.*) false ;;
    prepare.*) [[ $1 == vault || $1 == intake || $1 == mediation ]] ;;
    tail.* | follow.*) [[ $1 == intake || $1 == mediation || $1 == assignment ]] ;;
    *) [[ " ${BUSY[*]} " == *" $1 "* ]] ;;
    esac
}

suiting() {
    local service
    for service in "${NODE_SERVICES[@]}"; do
        if suits "$service" "$1"; then
            echo "$service"
        fi
    done
}

# Each point once; where there are kills enough, once in each service that comes to it.
plan() {
    local point service all
    local -a services
    mapfile -t points < <("$TIAOJIE_TESTS/scenario/kill" points)
    for service in "${NODE_SERVICES[@]}"; do
        todo[$service]=
    done
    all=$((KILLS >= ${#points[@]} * 6))
    for point in "${points[@]}"; do
        mapfile -t services < <(suiting "$point")
        ((${#services[@]})) || continue
        ((all)) || services=("${services[RANDOM % ${#services[@]}]}")
        for service in "${services[@]}"; do
            todo[$service]="$point ${todo[$service]}"
        done
    done
}

# Points that no process has died at yet.
missing() {
    local point count=0
    for point in "${points[@]}"; do
        ((${hit[$point]:-0})) || count=$((count + 1))
    done
    echo "$count"
}

# Kills that need not be kept for a fail point; mediation is killed once more so that it can be armed for the time limits.
spare() {
    echo $((KILLS - kills - $(missing) - clock_kills))
}

# Into `point`: the service's next one, or one that another service did not come to.
next_point() {
    local service=$1 other
    point=
    if [[ -n ${todo[$service]} ]]; then
        point=${todo[$service]%% *}
        todo[$service]=${todo[$service]#* }
        return
    fi
    for other in "${points[@]}"; do
        if suits "$service" "$other" && ! ((${hit[$other]:-0})) && [[ " ${armed[*]} " != *" $other "* ]]; then
            point=$other
        fi
    done
}

# ---- processes ------------------------------------------------------------------------------------------------------

start() {
    local service=$1 point=$2
    TIAOJIE_FAIL_POINT=${point:+$point:$((1 + RANDOM % 3))} node_start_one "$DIR" "$BOOK" "$service"
    pid[$service]=$!
    armed[$service]=$point
    started[$service]=$postgres_kills
    struck[$service]=
    [[ -z $point ]] || armed_count=$((armed_count + 1))
}

start_next() {
    local service=$1 point=
    if ((kills + armed_count + 2 * clock_kills < KILLS)); then
        next_point "$service"
    fi
    start "$service" "$point"
}

disarm() {
    [[ -z ${armed[$1]} ]] || armed_count=$((armed_count - 1))
    armed[$1]=
}

# A process ended: by us, at its fail point, because PostgreSQL was away when it started, or for no good reason.
take_end() {
    local service=$1 code=0
    wait "${pid[$service]}" || code=$?
    if [[ -n ${struck[$service]} ]]; then
        return
    elif ((code == 137)) && [[ -n ${armed[$service]} ]]; then
        hit[${armed[$service]}]=1
        kills=$((kills + 1))
    elif ((code != 1 || started[$service] == postgres_kills)); then
        unexpected=$((unexpected + 1))
        echo "$service ended by itself with code $code" >&2
        tail -n 5 "$DIR/log/$service.log" >&2
    fi
    disarm "$service"
}

look_after_processes() {
    local service
    for service in "${NODE_SERVICES[@]}"; do
        if [[ ! -d /proc/${pid[$service]} ]]; then
            take_end "$service"
            start_next "$service"
        fi
    done
}

strike_postgres() {
    postgres_kill "$TIAOJIE_PG_DIR"
    postgres_kills=$((postgres_kills + 1))
    kills=$((kills + 1))
    postgres_start "$TIAOJIE_PG_DIR"
}

strike() {
    local service=$1
    [[ -d /proc/${pid[$service]} ]] || return 0
    [[ -z ${armed[$service]} ]] || todo[$service]="${armed[$service]} ${todo[$service]}"
    struck[$service]=yes
    disarm "$service"
    kill -KILL "${pid[$service]}"
    kills=$((kills + 1))
    until [[ ! -d /proc/${pid[$service]} ]]; do
        wait "${pid[$service]}" || true
    done
}

# The first victim is PostgreSQL. When each kill left is some armed process's, one of those.
strike_anybody() {
    local -a victims=("${NODE_SERVICES[@]}" postgres)
    local service victim
    if ((kills + armed_count >= KILLS)); then
        victims=()
        for service in "${NODE_SERVICES[@]}"; do
            [[ -z ${armed[$service]} ]] || victims+=("$service")
        done
    elif ((strikes == 0)); then
        victims=(postgres)
    fi
    strikes=$((strikes + 1))
    victim=${victims[RANDOM % ${#victims[@]}]}
    if [[ $victim == postgres ]]; then
        strike_postgres
    else
        strike "$victim"
    fi
}

# ---- the storm ------------------------------------------------------------------------------------------------------

take_moment() {
    moments=$((moments + 1))
    while ((kills < moments && $(spare) > 0)); do
        strike_anybody
        look_after_processes
    done
    kill_answer
}

# Time limits run out now; mediation dies over that once.
move_time() {
    clock_kills=0
    if ((kills + armed_count + 2 <= KILLS)); then
        until [[ -n ${struck[mediation]} ]]; do
            look_after_processes
            strike mediation
        done
        start mediation clock.before_fire
    fi
    kill_time "${KILL_STORM[1]}"
    kill_answer
}

storm() {
    local service
    plan
    kill_node_stop
    kill_time "${KILL_STORM[0]}"
    for service in "${NODE_SERVICES[@]}"; do
        start_next "$service"
    done
    kill_play "$SEED" "$DISPUTES" "$KILLS" end "$TIAOJIE_WORK/storm"
    while :; do
        look_after_processes
        kill_line 0.05
        case $LINE in
        kill) take_moment ;;
        time) move_time ;;
        played*) break ;;
        ended) return 1 ;;
        esac
    done
    echo "$LINE" >&2
    look_after_processes
}

# Exit code of a command that must not be in a subshell; for say.
outcome() {
    ((storm_code == 0)) || tail -n 20 "$TIAOJIE_WORK/play.err"
    return "$storm_code"
}

every_point_was_hit() {
    local point
    for point in "${points[@]}"; do
        ((${hit[$point]:-0})) || echo "not hit: $point"
    done
    (($(missing) == 0))
}

as_many_kills_as_asked() {
    echo "$kills kills, $strikes of them at random, $postgres_kills of PostgreSQL"
    ((kills == KILLS))
}

nothing_ended_by_itself() {
    echo "$unexpected processes ended by themselves"
    ((unexpected == 0))
}

judged() {
    cat "$TIAOJIE_WORK/verdict.err" "$TIAOJIE_WORK/verdict"
    grep -q "^acknowledged=[1-9].* $1=0\b" "$TIAOJIE_WORK/verdict"
}

RANDOM=$SEED
say "a node with $OFFICES offices starts" kill_node_make "$OFFICES"
say "$DISPUTES disputes go to their end undisturbed" kill_calm "$DISPUTES" "$TIAOJIE_WORK/calm"
storm_code=0
storm || storm_code=$?
say "$DISPUTES disputes go to their end while processes are killed" outcome
kill_node_stop
kill_judge "$TIAOJIE_WORK/calm" "$TIAOJIE_WORK/storm" >"$TIAOJIE_WORK/verdict" 2>"$TIAOJIE_WORK/verdict.err" || true
say "as many were killed as asked" as_many_kills_as_asked
say "a process died at each fail point" every_point_was_hit
say "no process ended by itself" nothing_ended_by_itself
say "what was acknowledged is in the log as it was said" judged lost
say "nothing happened twice" judged doubled
say "every dispute went as it goes undisturbed" judged differ
chains=$(say "the logs hold and the tables are what they say" kill_chains)
echo "$chains"
[[ $chains == ok* ]] && chains=ok || chains=bad
echo "kill seed=$SEED kills=$kills fail_points_hit=$((${#points[@]} - $(missing)))/${#points[@]}" \
    "$(cat "$TIAOJIE_WORK/verdict") chains=$chains"

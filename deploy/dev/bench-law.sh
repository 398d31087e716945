# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
#
# Bench law: what the law costs, a line a figure. A piece of the verb bench: it needs what stands there.
#
#   law_bench    prints the lines of LAW_FIGURES; never a verdict over the run

LAW_FIGURES=(step load recount)
LAW_STEP_REACH_NS=2000
LAW_LOAD_REACH_MS=1000
LAW_DEFINITIONS=1000
LAW_RECOUNT_REACH_S=60
LAW_CASES=100000
LAW_CLOCKS_A_CASE=10
LAW_INFLIGHT=32 # commands that go on meanwhile
LAW_DAYS_OFF=5  # of the notice

# Compiles what stands in law/, as a node's operator does.
law_compile() {
    local file name
    mkdir "$WORK/law"
    for file in "$TIAOJIE_ROOT"/law/calendars/*.txtpb; do
        name=$(basename "$file" .txtpb)
        calendar_encode <"$file" >"$WORK/law/$name.calendar"
    done
    while read -r name; do
        definition_compile "$name" "$WORK/law/$name.procedure"
    done < <(definition_names)
}

# A step judged against its procedure, as in a batch: all shipped definitions in turn.
law_bench_step() {
    local mix ns
    { read -r mix && read -r ns; } < <("$BENCH_BIN/bench_law" step "$WORK"/law/*.calendar -- "$WORK"/law/*.procedure)
    ns=$(value ns "$ns")
    echo "bench law mix $mix"
    echo "bench law step ns=$ns reach=$LAW_STEP_REACH_NS verdict=$(verdict "$ns <= $LAW_STEP_REACH_NS")"
}

# Definitions as a service takes them when it starts: unpacked, checked, indexed.
law_bench_load() {
    local besides ms
    { read -r besides && read -r ms; } < <("$BENCH_BIN/bench_law" load "$LAW_DEFINITIONS" -- "$WORK"/law/*.procedure)
    ms=$(value ms "$ms")
    echo "bench law review definitions=$LAW_DEFINITIONS ms=$(value review_ms "$besides")"
    echo "bench law load definitions=$LAW_DEFINITIONS ms=$ms reach=$LAW_LOAD_REACH_MS verdict=$(verdict "$ms <= $LAW_LOAD_REACH_MS")"
}

# How often mediation has told that all its time limits are counted.
recounts_told() {
    grep -c 'event="time limits are counted again"' "$WORK/node/log/mediation.log" || true
}

# The p99 of so many seconds of commands.
law_p99() {
    value p99_us "$("$BENCH_BIN/bench_client" pay "$WORK/cases" "$LAW_INFLIGHT" "$1" "$STEPS_MAX" "$WORK/ids" "${PROFILES[@]}")"
}

# law_recounted WHAT TOLD CLOCKS: commands go on until mediation has told once more; prints how long it was, and their worst p99.
law_recounted() {
    local what=$1 told=$2 clocks=$3 begun=$EPOCHREALTIME worst=0 p99 line seconds
    while (($(recounts_told) <= told)); do
        p99=$(law_p99 1)
        ((p99 > worst)) && worst=$p99
    done
    line=$(grep 'event="time limits are counted again"' "$WORK/node/log/mediation.log" | tail -n 1)
    seconds=$(value seconds "$line")
    echo "bench law recount what=$what clocks=$clocks moved=$(value clocks "$line") aggregates=$(value aggregates "$line")" \
        "seconds=$seconds reach=$LAW_RECOUNT_REACH_S verdict=$(verdict "$seconds <= $LAW_RECOUNT_REACH_S")" \
        "p99_us=$worst p99_before_us=$LAW_P99_BEFORE inflight=$LAW_INFLIGHT took=$(compute "printf \"%.1f\", $EPOCHREALTIME - $begun")"
}

# Some working days that are off from now on.
law_notice() {
    local from
    from=$(date -d '+20 days' +%F)
    printf 'year: %s source: "a notice of the benchmark" issued: "%s" off { from: "%s" to: "%s" }\n' "${from%%-*}" \
        "$(date +%F)" "$from" "$(date -d "$from + $((LAW_DAYS_OFF - 1)) days" +%F)" | calendar_encode >"$WORK/node/law/notice.pb"
    node_admin "$WORK/node" calendar load "$WORK/node/law/notice.pb" >>"$WORK/make.log"
}

# Open time limits counted again by a later notice, while commands go on: all of them, and what a notice of a few days moves.
law_bench_recount() {
    local clocks told
    CASES=$LAW_CASES
    prepare
    "$BENCH_BIN/bench_store" load "$WORK/node/node.conf" "$CASES" "$NODE_PARTITIONS" "$WORK/cases" "${OFFICES[@]}" >>"$WORK/make.log"
    start_services
    LAW_P99_BEFORE=$(law_p99 3)
    process_stop "$WORK/book"
    clocks=$(sql -v each="$LAW_CLOCKS_A_CASE" -f "$TIAOJIE_ROOT/tests/bench/clocks.sql")
    sql -c 'truncate mediation.recount'
    sql -c checkpoint
    told=$(recounts_told)
    start_services
    law_recounted all "$told" "$clocks"
    told=$(recounts_told)
    law_notice
    law_recounted notice "$told" "$clocks"
    process_stop "$WORK/book"
}

law_bench() {
    local figure
    law_compile
    for figure in "${LAW_FIGURES[@]}"; do
        "law_bench_$figure"
    done
}

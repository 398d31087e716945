# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
#
# Bench law: what the law costs, a line a figure. A piece of the verb bench: it needs what stands there.
#
#   law_bench    prints the lines of LAW_FIGURES; never a verdict over the run

LAW_FIGURES=(step load)
LAW_STEP_REACH_NS=2000
LAW_LOAD_REACH_MS=1000
LAW_DEFINITIONS=1000

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

law_bench() {
    local figure
    law_compile
    for figure in "${LAW_FIGURES[@]}"; do
        "law_bench_$figure"
    done
}

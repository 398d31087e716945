#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Dates, counted twice: by deadline.c and by dates.py, which shares nothing with it. Limits of real cases, the published
# days off of each year, and random sums; `--seed N` for others. The last line counts the dates.
source "$(dirname "${BASH_SOURCE[0]}")/../say.sh"
source "$TIAOJIE_ROOT/deploy/dev/definitions.sh"

HERE=$TIAOJIE_ROOT/tests/scenario/law
SUMS=20000
FIRST_YEAR=2013
LAST_YEAR=2026
seed=20260801
NOTICES=("$TIAOJIE_ROOT"/law/calendars/*.txtpb "$HERE"/bank/*.txtpb)
COMPILED=()

[[ ${1:-} != --seed ]] || seed=${2:?--seed N}

dates() {
    /usr/bin/python3 "$HERE/dates.py" "$@"
}

door() {
    "$TIAOJIE_TESTS/scenario/deadlines" "$@"
}

# Named by their place in the list: each folder may have its own of a year.
compile_notices() {
    local i compiled
    for i in "${!NOTICES[@]}"; do
        compiled=$TIAOJIE_WORK/$i.calendar
        calendar_encode <"${NOTICES[i]}" >"$compiled"
        COMPILED+=("$compiled")
    done
}

# all_matched WORD FILE: the file's last line is "WORD=N matched=N", and what stands before it are the differences.
all_matched() {
    cat "$2"
    grep -qxE "$1=([1-9][0-9]*) matched=\1" <(tail -n 1 "$2")
}

same_days() {
    door days "$FIRST_YEAR" "$LAST_YEAR" "${COMPILED[@]}" >"$TIAOJIE_WORK/days"
    dates judge-days "$HERE/days.tsv" "$TIAOJIE_WORK/days" >"$TIAOJIE_WORK/days.judged"
    all_matched years "$TIAOJIE_WORK/days.judged"
}

same_cases() {
    dates table "$HERE/dates.tsv" >"$TIAOJIE_WORK/cases"
    door count "${COMPILED[@]}" <"$TIAOJIE_WORK/cases" >"$TIAOJIE_WORK/cases.counted"
    dates judge-table "$HERE/dates.tsv" "$TIAOJIE_WORK/cases.counted" "${NOTICES[@]}" >"$TIAOJIE_WORK/cases.judged"
    all_matched dates "$TIAOJIE_WORK/cases.judged"
}

same_sums() {
    echo "the sums of ./dev test law --seed $seed"
    dates random "$seed" "$SUMS" >"$TIAOJIE_WORK/sums"
    door count "${COMPILED[@]}" <"$TIAOJIE_WORK/sums" >"$TIAOJIE_WORK/sums.counted"
    dates judge "$TIAOJIE_WORK/sums" "$TIAOJIE_WORK/sums.counted" "${NOTICES[@]}" >"$TIAOJIE_WORK/sums.judged"
    all_matched dates "$TIAOJIE_WORK/sums.judged"
}

# How many of what a judge counted, over the judges that came to their end.
total() {
    local file
    for file in "$TIAOJIE_WORK"/{cases,sums}.judged; do
        tail -n 1 "$file" 2>/dev/null || true
    done | sed -nE "s/.*\b$1=([0-9]+).*/\1/p" | awk '{ n += $1 } END { print n + 0 }'
}

compile_notices
say "each day from $FIRST_YEAR to $LAST_YEAR is worked or off as the notices published it" same_days
say "limits of real cases end when they ended" same_cases
say "$SUMS random date sums of seed $seed are the same in an independent count" same_sums
echo "dates=$(total dates) matched=$(total matched)"

# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
#
# Count: one tally of what passed, failed and was skipped, from the lines `ok NAME`, `not ok NAME: why` and
# `skip NAME: why`, whoever printed them. Needs a file name in COUNT_FILE.

# Passes lines through and keeps those that count, each with the name of its origin before the test's.
count_lines() {
    local origin=$1
    sed -nE "s#^(ok|not ok|skip) #\1 $origin #p" >>"$COUNT_FILE"
}

count_line() {
    echo "$1 $2" | tee -a "$COUNT_FILE"
}

count_of() {
    grep -c "^$1 " "$COUNT_FILE" || true
}

# Lists what failed and what was skipped, then the line that CI reads; fails if anything did, or if nothing ran.
count_report() {
    local passed failed skipped
    passed=$(count_of ok)
    failed=$(count_of 'not ok')
    skipped=$(count_of skip)
    grep -E '^(not ok|skip) ' "$COUNT_FILE" || true
    if ((skipped)); then
        echo "$passed passed, $failed failed, $skipped skipped"
    else
        echo "$passed passed, $failed failed"
    fi
    ((failed == 0 && passed > 0))
}

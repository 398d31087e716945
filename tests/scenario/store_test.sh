#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The store against a real PostgreSQL: four cmocka programs on a database of their own. Each of their test functions is a line here.
source "$(dirname "${BASH_SOURCE[0]}")/say.sh"

DATABASE=tiaojie_store_test

sql() {
    psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 "$TIAOJIE_PG dbname=postgres" --command="$1"
}

# A program that ends before its plan does is a failure of its own.
run() {
    local program=$1 log=$TIAOJIE_WORK/$1.log code=0 planned seen
    TIAOJIE_PG_CONNINFO="$TIAOJIE_PG dbname=$DATABASE" CMOCKA_MESSAGE_OUTPUT=TAP \
        "$TIAOJIE_TESTS/scenario/store/$program" >"$log" 2>&1 || code=$?
    sed -nE 's/^(ok|not ok) [0-9]+ - test_(.*)/\1 \2/p' "$log" | tr _ ' '
    planned=$(sed -nE 's/^1\.\.([0-9]+)$/\1/p' "$log")
    seen=$(grep -cE '^(not )?ok [0-9]+ ' "$log" || true)
    if [[ ${planned:-0} -eq 0 || $seen -lt $planned ]]; then
        echo "not ok $program ended with code $code after $seen of ${planned:-0} tests"
    fi
    if ((code)); then
        cat "$log" >&2
    fi
}

drop() {
    sql "drop database if exists $DATABASE with (force)"
    sql "drop role if exists test_ledger, test_ledger_read, test_node"
}

drop
sql "create database $DATABASE"
run store_commands
run store_clocks
run store_faults
run store_plans
drop

#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The demonstration as a user starts it: three disputes on two nodes, from referral to end; then the audit, of a log that holds
# and of one that somebody changed, and a service that meets a schema without one of its columns.
source "$(dirname "${BASH_SOURCE[0]}")/say.sh"
source "$(dirname "${BASH_SOURCE[0]}")/demo_story.sh"
for piece in strict private processes postgres node; do
    # shellcheck source=/dev/null
    source "$TIAOJIE_ROOT/deploy/dev/$piece.sh"
done
set +e

export TIAOJIE_DEMO=$TIAOJIE_WORK/demo

trap demo_end EXIT

demo() {
    "$TIAOJIE_ROOT/dev" demo "$@" >"$TIAOJIE_WORK/demo.log" 2>&1
}

shows() {
    grep -qE "$1" "$TIAOJIE_WORK/demo.log" || {
        tail -n 30 "$TIAOJIE_WORK/demo.log" >&2
        return 1
    }
}

receipts_valid() {
    sed -nE 's/.* receipts=([0-9]+) receipts_valid=([0-9]+) .*/\1 \2/p' "$TIAOJIE_WORK/demo.log" | {
        read -r all valid
        ((all > 0 && all == valid))
    }
}

fails_with() {
    local text=$1
    shift
    if "$@" >"$TIAOJIE_WORK/out.log" 2>&1; then
        return 1
    fi
    grep -qE "$text" "$TIAOJIE_WORK/out.log" || {
        tail -n 5 "$TIAOJIE_WORK/out.log" >&2
        return 1
    }
}

say "the dispute of twelve workers is played from referral to end" demo
say "eleven of twelve workers agree and everything agreed is paid" \
    shows '^demo case=[0-9]+ number=440305-[0-9]{4}-000001 state=closed workers=12 agreed=11 outside=1 agreed_fen=20319111 paid_fen=20319111$'
say "a payment received before midnight and recorded after it is in time" shows 'in time fen: 67,730.37'
say "the late instalment is noticed by its clock after the end of its day" shows 'instalment default'
say "the sender holds the decision" shows 'decided'
say "both sides hold receipts, all with valid signatures" receipts_valid
say "all chains hold" shows 'chains=ok$'
say "the mediator with a conflict is named with his reason" shows '卢静.*worked for 深圳市云川劳务有限公司'
say "the demonstration ends well" shows '^demo ok seconds=[0-9]+$'
say "again it is a new case" demo
say "with the office's next number" shows 'number=440305-[0-9]{4}-000002 state=closed'
say "152 workers: agreed, overdue, performed late" demo --input "$TIAOJIE_ROOT/deploy/demo/overdue"
say "to the fen" shows 'state=closed workers=152 agreed=152 outside=0 agreed_fen=816580000 paid_fen=816580000$'
say "two payers with fixed shares: each his part" demo --input "$TIAOJIE_ROOT/deploy/demo/shares"
say "the shares sum to the whole" shows 'state=closed workers=20 agreed=20 outside=0 agreed_fen=18000000 paid_fen=18000000$'

private=$(cat "$TIAOJIE_DEMO/private")
node=$private/nanshan
while read -r setting; do
    export "${setting?}"
done < <(postgres_environment "$private/postgres")
sql() {
    psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 "$TIAOJIE_PG dbname=nanshan" --command="$1"
}

say "replay of the logs gives the rows" node_admin "$node" replay
say "an entry that a superuser changed is found" sql "update mediation.entry set events = events || '\\x00' where position = 3"
say "at its position, with exit code 1" fails_with 'verdict=bad position=3' node_admin "$node" log verify
process_stop "$TIAOJIE_DEMO/processes"
say "a column is dropped" sql "alter table mediation.session drop column place"
say "the service refuses to start and says table and column" \
    fails_with 'session.*place|place.*session' "$TIAOJIE_BIN/tiaojie-mediation" --conf "$node/node.conf"
say "stop ends only what it started, and says so when nothing runs" "$TIAOJIE_ROOT/dev" stop

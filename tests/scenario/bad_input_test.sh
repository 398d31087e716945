#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Bad input: everything that must be refused is refused with its field and its reason, by the real gateway of a running
# node, and nothing of it is written. The cases stand in bad_input_cases.h, one sentence each.
source "$(dirname "${BASH_SOURCE[0]}")/say.sh"
source "$TIAOJIE_ROOT/deploy/dev/node.sh"

NODE=badinput
DIR=$TIAOJIE_WORK/n
BOOK=$TIAOJIE_WORK/book

finish() {
    process_stop "$BOOK"
}
trap finish EXIT

# A key that is registered with more than node_person says: from, until.
person_until() {
    local name=$1
    shift
    "$TIAOJIE_BIN/tiaojie-admin" key make "$DIR/profiles/$name.key" >/dev/null
    sed "s/^key = .*/key = $name.key/" "$DIR/profiles/clerk" >"$DIR/profiles/$name"
    node_admin "$DIR" principal add --name "$name" --roles clerk --office 1 --key-file "$DIR/profiles/$name.key" "$@"
}

# A mediator of an office, in its pool and with a key; its head adds it.
mediator() {
    local name=$1 office=$2 head=$3 kind=$4 number
    number=$("$TIAOJIE_BIN/tiaojie" --as "$DIR/profiles/$head" --json mediator add "$office" --name "陈静" \
        --kinds "$kind" --limit 8 | jq -r .about)
    node_person "$DIR" "$name" mediator "$office" "$number"
}

people() {
    node_person "$DIR" clerk clerk 1
    node_person "$DIR" other-clerk clerk 1
    node_person "$DIR" clerk2 clerk 2
    node_person "$DIR" head head 1
    node_person "$DIR" head2 head 2
    node_person "$DIR" supervisor supervisor 1
    node_person "$DIR" revoked clerk 1
    person_until expired --from 2020-01-01 --until 2021-01-01
    person_until early --from 2999-01-01
    node_admin "$DIR" principal revoke --name revoked
}

# Profiles that cannot work: a key that nobody registered, another server's key, a place where nobody listens.
strangers() {
    local profiles=$DIR/profiles
    "$TIAOJIE_BIN/tiaojie-admin" key make "$profiles/stranger.key" >/dev/null
    sed "s/^key = .*/key = stranger.key/" "$profiles/clerk" >"$profiles/stranger"
    local -r other='rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7'
    awk -v other="$other" '/^server_key = / { $0 = "server_key = " other } { print }' "$profiles/clerk" >"$profiles/misled"
    sed "s|^endpoint = .*|endpoint = tcp://127.0.0.1:$(port_free)|" "$profiles/clerk" >"$profiles/nowhere"
}

make_node() {
    node_make "$DIR" "$NODE" 440305
    node_office "$DIR" 1 "Yuehai street" 440305 committee
    node_office "$DIR" 2 "Zhaoshang street" 440305 committee
    people
    strangers
    node_start "$DIR" "$BOOK"
    mediator mediator 1 head labour-wages
    # One who knows another kind of dispute is never proposed; his key is good for being refused.
    mediator other-mediator 1 head neighbours
    mediator mediator2 2 head2 labour-wages
}

rows() {
    psql --no-psqlrc --quiet --tuples-only --no-align --set=ON_ERROR_STOP=1 "$TIAOJIE_PG dbname=$NODE" \
        --file="$TIAOJIE_ROOT/tests/scenario/bad_input_rows.sql" | LC_ALL=C sort >"$1"
}

program() {
    "$TIAOJIE_TESTS/scenario/bad_input" "$1" "$DIR"
}

# Rows that are new or another than before.
written() {
    LC_ALL=C comm -13 "$TIAOJIE_WORK/before" "$TIAOJIE_WORK/after" | wc -l
}

wrote_nothing() {
    LC_ALL=C comm -3 "$TIAOJIE_WORK/before" "$TIAOJIE_WORK/after"
    [[ -s $TIAOJIE_WORK/before && $(written) == 0 ]] && cmp "$TIAOJIE_WORK/before" "$TIAOJIE_WORK/after"
}

refused_all() {
    local cases refused named accepted
    read -r cases refused named < <(sed -nE 's/^cases=([0-9]+) refused=([0-9]+) named=([0-9]+)$/\1 \2 \3/p' "$1")
    accepted=$(grep -c '^ok ' "$TIAOJIE_WORK/accepted")
    ((cases >= 60 && refused == named && accepted + refused == cases))
}

logs_hold() {
    node_admin "$DIR" log verify | tee /dev/stderr | grep -q ' bad=0$'
}

say "a node with people of two offices starts" make_node
program accepted | tee "$TIAOJIE_WORK/accepted"
rows "$TIAOJIE_WORK/before"
program refused >"$TIAOJIE_WORK/refused"
rows "$TIAOJIE_WORK/after"
grep -E '^(ok|not ok) ' "$TIAOJIE_WORK/refused"
say "every case came out as it must" refused_all "$TIAOJIE_WORK/refused"
say "what was refused left no row behind" wrote_nothing
say "the node's logs hold" logs_hold
echo "bad_input $(tail -n 1 "$TIAOJIE_WORK/refused") rows_written=$(written)"

#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Definitions as their writer meets them: compile, check, draw, walk, load. The shipped ones pass; what is broken is
# refused with what is wrong. Only loading needs a database. Its last line is counted: definitions N broken N found N.
source "$(dirname "${BASH_SOURCE[0]}")/say.sh"
source "$TIAOJIE_ROOT/deploy/dev/definitions.sh"
source "$TIAOJIE_ROOT/deploy/dev/node.sh"

WALKS=10000
SEED=20260801
COMPILED=$TIAOJIE_WORK/compiled
NODE=$TIAOJIE_WORK/node

admin() {
    "$TIAOJIE_BIN/tiaojie-admin" "$@"
}

# edited NAME EDIT...: compiles law/procedures/NAME.txtpb, as sed changes it, to COMPILED/edited.
edited() {
    local name=$1
    shift
    sed -E "$@" "$TIAOJIE_ROOT/law/procedures/$name.txtpb" >"$TIAOJIE_WORK/edited.txtpb"
    if cmp --silent "$TIAOJIE_WORK/edited.txtpb" "$TIAOJIE_ROOT/law/procedures/$name.txtpb"; then
        die "nothing in $name was edited"
    fi
    definition_encode <"$TIAOJIE_WORK/edited.txtpb" >"$COMPILED/edited"
}

compile_all() {
    local name
    mkdir -p "$COMPILED"
    while read -r name; do
        definition_compile "$name" "$COMPILED/$name"
    done < <(definition_names)
}

pass_the_check() {
    local name
    while read -r name; do
        admin procedure check "$COMPILED/$name" | grep -E '^procedure name=".+" states=[0-9]+ steps=[0-9]+ clocks=[0-9]+ findings=0$'
    done < <(definition_names)
}

are_drawn_as_they_are() {
    local name
    diff <(definition_names) <(basename --suffix=.dot --multiple "$TIAOJIE_ROOT"/law/drawings/*.dot)
    while read -r name; do
        admin procedure draw "$COMPILED/$name" | diff "$TIAOJIE_ROOT/law/drawings/$name.dot" - ||
            die "law/drawings/$name.dot is stale: ./dev draw"
    done < <(definition_names)
}

are_drawn_differently_when_changed() {
    edited labour-enterprise 's/to: "negotiating"/to: "unsettled"/'
    ! admin procedure draw "$COMPILED/edited" | diff "$TIAOJIE_ROOT/law/drawings/labour-enterprise.dot" -
}

end_every_walk() {
    local name
    while read -r name; do
        admin procedure walk "$COMPILED/$name" --seed "$SEED" --walks "$WALKS" |
            grep -E " ended=$WALKS stuck=0 strayed=0 disagreements=0\$"
    done < <(definition_names)
}

# finds PATTERN: the broken definition has this finding, and says so with code 1.
finds() {
    local code=0
    admin procedure check "$COMPILED/edited" >"$TIAOJIE_WORK/findings" || code=$?
    cat "$TIAOJIE_WORK/findings"
    ((code == 1))
    grep -E "$1" "$TIAOJIE_WORK/findings"
    grep -E '^procedure name=.* findings=[1-9][0-9]*$' "$TIAOJIE_WORK/findings"
}

finds_a_loop_without_exit() {
    edited arbitration-review -e '/name: "(review refuse|application withdraw|review deny|document make)"/,/^}/s/from: "(applied|examining)"/from: "made"/'
    finds '^finding field=states state="applied" step="" reason="no steps lead from the state .applied. to a final one" remedy="add a step'
}

finds_a_party_who_is_held() {
    edited mediation 's/by_party: true//'
    finds '^finding field=steps.by_party state="in_session" .*article="PML 17, 26"$'
}

finds_a_fee() {
    edited mediation 's/name: "case open"/& fee: "50 yuan"/'
    finds '^finding field=steps.fee state="" step="case open" reason="the step .case open. costs something'
}

finds_an_uninvited_guest() {
    edited mediation '/guards: "invited_consents"/d'
    finds 'step="guest invite" .*remedy="add the guard invited_consents" article="PML 20"$'
}

walks_into_the_same_loop() {
    local code=0
    edited arbitration-review -e '/name: "(review refuse|application withdraw|review deny|document make)"/,/^}/s/from: "(applied|examining)"/from: "made"/'
    admin procedure walk "$COMPILED/edited" --seed "$SEED" --walks 100 >"$TIAOJIE_WORK/walked" || code=$?
    cat "$TIAOJIE_WORK/walked"
    ((code == 1))
    grep -E ' stuck=[1-9][0-9]* strayed=0 disagreements=0$' "$TIAOJIE_WORK/walked"
}

# refused FIELD COMMAND...: exit code of a refusal, naming the field.
refused() {
    local field=$1 code=0
    shift
    "$@" >"$TIAOJIE_WORK/refused" 2>&1 || code=$?
    cat "$TIAOJIE_WORK/refused"
    ((code > 1))
    grep -F "$field" "$TIAOJIE_WORK/refused"
}

refuses_an_unknown_field() {
    sed 's/^kind: /knid: /' "$TIAOJIE_ROOT/law/procedures/legal-aid.txtpb" >"$TIAOJIE_WORK/edited.txtpb"
    if definition_encode <"$TIAOJIE_WORK/edited.txtpb" 2>"$TIAOJIE_WORK/protoc"; then
        die "knid is taken for a field"
    fi
    grep -F 'has no field named "knid"' "$TIAOJIE_WORK/protoc"
    # What another version's compiler might have let through is refused by the tool too: field 999.
    { cat "$COMPILED/legal-aid" && printf '\xb8\x3e\x01'; } >"$COMPILED/edited"
    refused "Procedure" admin procedure check "$COMPILED/edited" || refused "999" admin procedure check "$COMPILED/edited"
}

refuses_a_clock_of_nothing_and_of_10000_days() {
    edited legal-aid 's/amount: 7$/amount: 0/'
    refused clocks.amount admin procedure check "$COMPILED/edited"
    edited legal-aid 's/amount: 7$/amount: 10000/'
    refused clocks.amount admin procedure check "$COMPILED/edited"
}

refuses_a_pause_without_end() {
    edited notarisation '/resumes: "issue"/d'
    refused steps.pauses admin procedure check "$COMPILED/edited"
}

loaded() {
    psql --no-psqlrc --quiet --tuples-only --no-align --set=ON_ERROR_STOP=1 "$TIAOJIE_PG dbname=defs" \
        --command='select pg_catalog.count(*) from node.procedure'
}

loads_all_of_them() {
    mkdir -p "$NODE"
    node_make "$NODE" defs 440305
    [[ $(loaded) == $(definition_names | wc -l) ]]
}

load() {
    node_admin "$NODE" procedure load "$@"
}

loads_nothing_of_what_has_findings() {
    local before
    before=$(loaded)
    edited mediation 's/by_party: true//; s/^name: .*/name: "held"/'
    sed 's/^place: 0/place: 120000/' "$TIAOJIE_ROOT/law/procedures/legal-aid.txtpb" >"$TIAOJIE_WORK/other.txtpb"
    definition_encode <"$TIAOJIE_WORK/other.txtpb" >"$COMPILED/other"
    refused findings load "$COMPILED/other" "$COMPILED/edited"
    [[ $(loaded) == "$before" ]]
}

loads_no_two_versions_for_one_day() {
    local before
    before=$(loaded)
    edited legal-aid 's/amount: 7$/amount: 8/'
    refused "on one day" load "$COMPILED/legal-aid" "$COMPILED/edited"
    [[ $(loaded) == "$before" ]]
}

# As law/README.md tells it: copy, place, validity, limit; check, walk, load.
takes_a_local_variant() {
    local before
    before=$(loaded)
    edited mediation-labour-zhejiang 's/^place: .*/place: 330200/; s/^valid_from: .*/valid_from: "2027-01-01"/; s/amount: 15$/amount: 20/'
    admin procedure check "$COMPILED/edited"
    admin procedure walk "$COMPILED/edited" --seed "$SEED" --walks "$WALKS"
    load "$COMPILED/edited" | grep -F 'place=330200'
    [[ $(loaded) == $((before + 1)) ]]
}

compile_all
say "every shipped definition passes the check" pass_the_check
say "the drawings in law/drawings are those of the definitions" are_drawn_as_they_are
say "a changed definition has another drawing" are_drawn_differently_when_changed
say "10,000 random walks of each definition end, and the walks agree with the check" end_every_walk
broken=0
found=0
for mistake in finds_a_loop_without_exit finds_a_party_who_is_held finds_a_fee finds_an_uninvited_guest \
    refuses_an_unknown_field refuses_a_clock_of_nothing_and_of_10000_days refuses_a_pause_without_end; do
    line=$(say "the check ${mistake//_/ }" "$mistake")
    echo "$line"
    if [[ $line == ok* ]]; then
        found=$((found + 1))
    fi
    broken=$((broken + 1))
done
say "a walk goes round in the loop that the check names" walks_into_the_same_loop
say "a node loads all of them" loads_all_of_them
say "of files that are loaded together none is taken when one has findings" loads_nothing_of_what_has_findings
say "two versions for one day are not loaded" loads_no_two_versions_for_one_day
say "a city's variant, made as law/README.md says, is loaded" takes_a_local_variant
echo "definitions $(definition_names | wc -l) broken $broken found $found"

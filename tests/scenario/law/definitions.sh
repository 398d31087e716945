#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Definitions as their writer meets them: compile, check, draw, walk, load. The shipped ones pass; what is broken is
# refused with what is wrong. Only loading needs a database. The last line counts the definitions, the broken ones, and
# those that were found.
source "$(dirname "${BASH_SOURCE[0]}")/../say.sh"
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

# What each edit breaks: a definition, what the check must say of it, and the edit.
MISTAKES=(
    'arbitration-review|^finding field=states state="applied" step="" reason="no steps lead from the state .applied. to a final one" remedy="add a step|/name: "(review refuse\|application withdraw\|review deny\|document make)"/,/^}/s/from: "(applied\|examining)"/from: "made"/'
    'mediation|field=steps.by_party state="in_session" .*article="PML 17, 26"$|s/by_party: true//'
    'mediation|field=steps.fee state="" step="case open" reason="the step .case open. costs something|s/name: "case open"/& fee: "50 yuan"/'
    'mediation|step="guest invite" .*remedy="add the guard invited_consents" article="PML 20"$|/guards: "invited_consents"/d'
    'mediation-ningbo|field=steps.by_party state="drafted"|/name: "case (end\|refuse\|withdraw)"/,/^}/s/from: "drafted"/from: "consented"/'
    'mediation-shenzhen|field=steps.by_party state="registered"|s/by_party: true/& barred_by: "finish"/'
    'mediation-labour|field=steps.by_party state="agreed"|s/name: "agreed" (.*) settled: true/name: "agreed" \1/'
    'mediation-labour|field=states state="closed" .*no steps lead to|/name: "case close"/,/^}/s/to: "closed"/to: "failed"/'
    'mediation-labour-zhejiang|field=clocks.extension .*.no agreement. may be extended|/extends: "no agreement"/d'
    'labour-enterprise|field=clocks.expiry_step .*.finish. leads to the step .negotiation lapse.|s/expiry_step: "mediation lapse"/expiry_step: "negotiation lapse"/'
    'labour-enterprise|field=steps.interrupts .*step="agreement break" .*.finish. cannot run|/name: "agreement break"/,/^}/s/article/interrupts: "finish" article/'
    'judicial-confirmation|field=clocks .*no step starts the clock .party objection.|/starts: "party objection"/d'
    'judicial-confirmation|field=clocks.earlier|/earlier \{/,/\}/s/amount: 15/amount: 30/'
    'payment-order|field=clocks.warn_days .*.deliver. runs out, and nobody is warned|/name: "deliver"/,/^}/s/warn_days: 7//'
    'payment-order|field=steps.may state="objected" step="order end" .*nobody may take|/name: "order end"/,/^}/s/may: .*//'
    'notarisation|field=steps.stops .*step="certificate refuse" .*.issue. cannot run|/name: "certificate refuse"/,/^}/s/article/stops: "issue" article/'
    'notarisation|field=steps.barred_by .*step="reconsideration ask" .*.ask non-enforcement. is never started|/name: "enforcement notify"/,/^}/s/starts: .*//; s/barred_by: "reconsideration"/barred_by: "ask non-enforcement"/'
    'inspection|field=steps.opened_by state="ordered" step="enforcement ask"|/starts: "pay"/d'
    'inspection-beijing|field=clocks.warn_days .*.accept. would warn before it begins|/name: "accept"/,/^}/s/warn_days: 1/warn_days: 7/'
    'inspection-guangdong|field=steps.from state="paused" step="complaint deem" .*no clock|/name: "complaint deem"/,/^}/s/from: "received"/from: "paused"/'
    'injury-recognition|field=steps.resumes .*step="limit resume" .*.worker applies. cannot run|/name: "limit resume"/,/^}/s/from: "injured"/from: "reviewing"/'
    'capacity-appraisal|field=steps.papers .*step="appraisal ask"|s/papers: "identity"/papers: ""/'
    'arbitration|field=states state="moved" .*no steps lead to|/name: "case move"/,/^}/s/to: "moved"/to: "refused"/'
    'arbitration|field=steps.guards state="final award" step="award stand"|s/^clocks \{/steps { name: "award stand" from: "final award" to: "dropped" may: ROLE_CLERK article: "-" }\n&/'
    'legal-aid|field=states state="refused" .*to a final one|/name: "(aid object\|refusal accept)"/,/^}/s/from: "refused"/from: "granted"/'
    'referral|field=states state="objected" .*to a final one|/name: "objection (uphold\|reject)"/,/^}/s/from: "objected"/from: "accepted"/'
    'intake|field=steps.guards state="registered" step="application supplement"|/guards: "no_missing_papers"/d'
)

# The check finds each, with code 1, and a walk over the same definition agrees.
finds() {
    local name pattern edit code=0
    IFS='|' read -r name pattern edit <<<"$1"
    edited "$name" "${edit//\\|/|}"
    admin procedure check "$COMPILED/edited" >"$TIAOJIE_WORK/findings" || code=$?
    cat "$TIAOJIE_WORK/findings"
    ((code == 1))
    grep -E "$pattern" "$TIAOJIE_WORK/findings"
    grep -E '^procedure name=.* findings=[1-9][0-9]*$' "$TIAOJIE_WORK/findings"
    admin procedure walk "$COMPILED/edited" --seed "$SEED" --walks "$WALKS" >"$TIAOJIE_WORK/walked" || code=$?
    grep -E " strayed=0 disagreements=0\$" "$TIAOJIE_WORK/walked"
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
    grep -F -- "$field" "$TIAOJIE_WORK/refused"
}

refuses_an_unknown_field() {
    sed 's/^kind: /knid: /' "$TIAOJIE_ROOT/law/procedures/legal-aid.txtpb" >"$TIAOJIE_WORK/edited.txtpb"
    if definition_encode <"$TIAOJIE_WORK/edited.txtpb" 2>"$TIAOJIE_WORK/protoc"; then
        die "knid is taken for a field"
    fi
    grep -F 'has no field named "knid"' "$TIAOJIE_WORK/protoc"
    # What another version's compiler would have let through is refused by the tool too: field 999.
    { cat "$COMPILED/legal-aid" && printf '\xb8\x3e\x01'; } >"$COMPILED/edited"
    refused "no field with the number 999" admin procedure check "$COMPILED/edited"
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

hash_of() {
    sha256sum "$1" | cut -c 1-16
}

# The node holds legal-aid; a corrected one takes its place only when that is said.
replaces_only_what_is_named() {
    local before
    before=$(loaded)
    edited legal-aid 's/amount: 7$/amount: 8/'
    refused "--replaces $(hash_of "$COMPILED/legal-aid")" load "$COMPILED/edited"
    [[ $(loaded) == "$before" ]]
    load "$COMPILED/edited" --replaces "$(hash_of "$COMPILED/legal-aid")"
    [[ $(loaded) == $((before + 1)) ]]
    cp "$COMPILED/edited" "$COMPILED/corrected"
}

# Not even where it is named: from its first day on the one that begins later would stay in force.
replaces_nothing_that_begins_later() {
    edited legal-aid 's/^valid_from: .*/valid_from: "2021-12-31"/; s/amount: 7$/amount: 9/'
    refused "begins before" load "$COMPILED/edited" \
        --replaces "$(hash_of "$COMPILED/corrected"),$(hash_of "$COMPILED/legal-aid-2003")"
}

loads_the_same_again() {
    local before
    before=$(loaded)
    load "$COMPILED/corrected" "$COMPILED/payment-order"
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
count_finding() {
    local line
    line=$(say "$@")
    echo "$line"
    broken=$((broken + 1))
    if [[ $line == ok* ]]; then
        found=$((found + 1))
    fi
}
for mistake in "${MISTAKES[@]}"; do
    count_finding "the check and the walk find what was broken: $((broken + 1)), ${mistake%%|*}" finds "$mistake"
done
count_finding "a field that does not exist is refused" refuses_an_unknown_field
count_finding "a clock of nothing and one of 10000 days are refused" refuses_a_clock_of_nothing_and_of_10000_days
count_finding "a pause without an end is refused" refuses_a_pause_without_end
say "a walk goes round in the loop that the check names" walks_into_the_same_loop
say "a node loads all of them" loads_all_of_them
say "of files that are loaded together none is taken when one has findings" loads_nothing_of_what_has_findings
say "two versions for one day are not loaded" loads_no_two_versions_for_one_day
say "a version takes another's place only when that one is named" replaces_only_what_is_named
say "and only if it does not begin before it" replaces_nothing_that_begins_later
say "what is loaded already is loaded again without a word" loads_the_same_again
say "a city's variant, made as law/README.md says, is loaded" takes_a_local_variant
echo "definitions=$(definition_names | wc -l) broken=$broken found=$found"

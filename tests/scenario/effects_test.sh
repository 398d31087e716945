#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# What running out does: each of the five effects on one case, by the clerk's commands on a running node whose time is moved
# past the limits. The stages of a payment order, a negotiation and an injury's recognition are followed beside the case.
source "$(dirname "${BASH_SOURCE[0]}")/say.sh"
source "$TIAOJIE_ROOT/deploy/dev/node.sh"

NODE=effects
DIR=$TIAOJIE_WORK/n
BOOK=$TIAOJIE_WORK/book
ANSWER=$TIAOJIE_WORK/answer
PATIENCE=30 # seconds until the node has noticed that time went on
BEGINNING=2026-05-25
AFTERWARDS=2026-07-01

finish() {
    process_stop "$BOOK"
}
trap finish EXIT

set_time() {
    printf '%s+08:00\n' "$1" >"$DIR/time.new"
    mv "$DIR/time.new" "$DIR/time"
}

clerk() {
    "$TIAOJIE_BIN/tiaojie" --as "$DIR/profiles/clerk" --keep "$ANSWER" "$@"
}

make_node() {
    mkdir "$DIR"
    NODE_TIME=$DIR/time
    set_time "${BEGINNING}T09:00:00"
    node_make "$DIR" "$NODE" 440305
    node_office "$DIR" 1 "Yuehai street" 440305 committee
    node_person "$DIR" clerk clerk,head 1
    node_start "$DIR" "$BOOK"
}

# until_found FILTER WORDS...: the command again until its answer has such a value, which is printed.
until_found() {
    local filter=$1 value deadline=$((SECONDS + PATIENCE))
    shift
    while :; do
        clerk "$@" >"$TIAOJIE_WORK/shown"
        value=$(jq -r "($filter) // empty" "$ANSWER" | head -n 1)
        [[ -z $value ]] || break
        ((SECONDS < deadline)) || die "no $filter: $*"
    done
    echo "$value"
}

have_a_case() {
    local application
    cat >"$TIAOJIE_WORK/application.json" <<JSON
{"dispute": {"kind": "labour-wages", "place": 440305, "summary": "工资", "channel": "window", "arose_on": "2026-05-01", "papers": ["身份证明"],
  "claims": [{"worker": {"name": "周有军", "identity_number": "341124200207122307", "phone": "13010000100"},
              "amount_fen": 900000, "work": "工资"}],
  "parties": [{"role": "respondent", "name": "某建筑工程有限公司", "credit_code": "91331127MA2E0A051X"}]}}
JSON
    clerk checklist set 1 --kind labour-wages --papers 身份证明
    clerk application register --from "$TIAOJIE_WORK/application.json"
    application=$(jq -r .about "$ANSWER")
    clerk application accept "$application"
    until_found '.body.application.case_id | select(. != 0)' application show "$application" >"$TIAOJIE_WORK/case"
}

open_beside() {
    clerk proceeding open "$(<"$TIAOJIE_WORK/case")" "$@"
}

step() {
    clerk case step "$(<"$TIAOJIE_WORK/case")" --proceeding "$1" --step "${@:2}"
}

order_issued() {
    open_beside --kind payment-order --step "order apply" --receipt-day "$BEGINNING" \
        --papers "application with amount, facts and evidence" --papers "mediation agreement"
    step "$1" "order accept" --acceptance-day "$BEGINNING"
    step "$1" "order issue" --decision-day "$BEGINNING"
}

# The proceedings, in the order in which they are opened.
DUTY=1 VOID=2 OPEN=3 DEEM=4 BAR=5

begin_all() {
    open_beside --kind payment-order --step "order apply" --receipt-day "$BEGINNING" \
        --papers "application with amount, facts and evidence" --papers "mediation agreement"
    order_issued "$VOID"
    order_issued "$OPEN"
    step "$OPEN" "order deliver" --service-day "$BEGINNING" --performance-day 2026-06-30
    open_beside --kind labour-enterprise --step "negotiation ask" --notice-day "$BEGINNING"
    open_beside --kind injury-recognition --step "injury report" --accident-day 2025-06-15
}

# ---- what the clerk sees ----

# clock PROCEEDING NAME FILTER: of `case clocks`.
clock() {
    clerk case clocks "$(<"$TIAOJIE_WORK/case")" >/dev/null
    jq -r ".body.clocks[] | select(.proceeding == $1 and .name == \"$2\") | $3" "$ANSWER"
}

# page FILTER: of `case show`.
page() {
    clerk case show "$(<"$TIAOJIE_WORK/case")" >/dev/null
    jq -r ".body | $1" "$ANSWER"
}

# runs PROCEEDING NAME LAST_DAY EFFECT: it runs until then, and what it does is said before it does it.
runs() {
    same "$(clock "$1" "$2" '"\(.state) \(.last_day * 86400 | todate[:10]) \(.effect)"')" "running $3 $4"
}

# ran_out PROCEEDING NAME EFFECT MEANING ARTICLE: in the list of limits, and on the case page with what it meant.
ran_out() {
    same "$(clock "$1" "$2" '"\(.state) \(.effect) \(.article)"')" "fired $3 $5"
    same "$(clock "$1" "$2" .explained.when_over)" "$4"
    same "$(page ".timeline[] | select(.limit == \"$2\" and .article == \"$5\") | .when_over")" "$4"
}

state() {
    same "$(page ".proceedings[] | select(.ordinal == $1) | \"\(.state) \(.over)\"")" "$2"
}

each_says_what_it_will_do() {
    runs "$DUTY" "tell acceptance" 2026-06-01 duty
    runs "$VOID" deliver 2026-06-24 void
    runs "$OPEN" object 2026-06-09 open
    runs "$DEEM" answer 2026-06-01 deem
    runs "$BAR" "worker applies" 2026-06-15 bar
}

is_not_open_yet() {
    refused "no step 'enforcement ask' in the state 'delivered'" step "$OPEN" "enforcement ask"
}

time_goes_on() {
    set_time "${AFTERWARDS}T09:00:00"
    until_found '[.body.clocks[] | select(.proceeding > 0 and .state == "fired") | .name] |
        select(contains(["tell acceptance", "deliver", "object", "answer", "worker applies"])) | length' \
        case clocks "$(<"$TIAOJIE_WORK/case")"
}

duty() {
    ran_out "$DUTY" "tell acceptance" duty "the court is late in telling whether it accepts; ask there" \
        "CPL 226; CPL Interpretation 426"
    state "$DUTY" "applied false"
    step "$DUTY" "order accept" --acceptance-day "$AFTERWARDS"
    state "$DUTY" "accepted false"
}

void() {
    ran_out "$VOID" deliver void "not delivered in 30 days: the order falls and the procedure ends" "CPL Interpretation 430"
    state "$VOID" "lapsed true"
    refused "no step 'order deliver' in the state 'lapsed'" \
        step "$VOID" "order deliver" --service-day "$AFTERWARDS" --performance-day "$AFTERWARDS"
}

opens() {
    ran_out "$OPEN" object open "no objection in time: enforcement is open" "CPL 227; CPL Interpretation 431"
    state "$OPEN" "enforceable false"
    refused "no step 'order object' in the state 'enforceable'" step "$OPEN" "order object"
    step "$OPEN" "enforcement ask"
    state "$OPEN" "enforcing true"
}

deems() {
    ran_out "$DEEM" answer deem "silence counts as unwilling to negotiate; the year for arbitration begins anew" \
        "Order 17 Art. 10, 31"
    state "$DEEM" "unsettled false"
    refused "no step 'negotiation agree' in the state 'unsettled'" step "$DEEM" "negotiation agree"
    step "$DEEM" "mediation apply" --receipt-day "$AFTERWARDS"
    state "$DEEM" "applied false"
}

worker_applies() {
    step "$BAR" "worker apply" --receipt-day "$1" --event-day "$1" \
        --papers "form with time, place, cause and degree of the injury" \
        --papers "proof of the employment, also de facto" --papers "medical diagnosis or certificate of occupational disease"
}

bars() {
    ran_out "$BAR" "worker applies" bar "the injury can no longer be recognised on application" \
        "WII 17; SPC 2014 Art. 7"
    state "$BAR" "injured false"
    refused "the time limit 'worker applies' ended on 2026-06-15" worker_applies 2026-06-16
    refused "WII 17" worker_applies 2026-06-16
    state "$BAR" "injured false"
}

an_act_in_time_counts() {
    worker_applies 2026-06-15
    state "$BAR" "applied false"
}

export LC_ALL=C.UTF-8 LANGUAGE=
say "a node with an office starts" make_node
say "it has a case" have_a_case
say "five procedures are followed beside it" begin_all
say "each limit says until when it runs and what running out will do" each_says_what_it_will_do
say "before the debtor's time is over there is no enforcement" is_not_open_yet
say "time goes on past all five" time_goes_on
say "duty: the court is late, and the case goes on as before" duty
say "void: the order that was not delivered has fallen" void
say "open: without an objection enforcement is open" opens
say "deem: silence counts as an answer" deems
say "bar: what was not done in time is refused with its article" bars
say "what was done in time is taken though it is entered later" an_act_in_time_counts
say "replay of the logs gives the rows" node_admin "$DIR" replay

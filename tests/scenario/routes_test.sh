#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# From an agreement to its enforcement: the shares dispute is played up to the seal and its routes are listed; one is chosen in
# time, others later, when days have passed and payments are overdue.
source "$(dirname "${BASH_SOURCE[0]}")/say.sh"
source "$(dirname "${BASH_SOURCE[0]}")/demo_story.sh"
for piece in strict private processes postgres node; do
    # shellcheck source=/dev/null
    source "$TIAOJIE_ROOT/deploy/dev/$piece.sh"
done
set +e

export TIAOJIE_DEMO=$TIAOJIE_WORK/demo
shares=$TIAOJIE_ROOT/deploy/demo/shares
input=$TIAOJIE_WORK/routes

trap demo_end EXIT

# The story of the shares up to the seal, then its routes: said is what the rows of a case cannot know.
story() {
    mkdir "$input"
    cp "$shares/setup" "$shares/application.json" "$shares/draft.json" "$input/"
    sed '/agreement seal/q' "$shares/story" >"$input/story"
    cat >>"$input/story" <<'STORY'
11 12:00 shares-clerk confirmed=.body.clocks[]|select(.name=="confirmation").last_day : case clocks {case}
11 12:01 shares-clerk listed=.body.routes[]|select(.name=="judicial-confirmation").until_day : route list {case} --presided peoples_committee --payment-only yes --both-apply yes
11 12:02 shares-head needs=.body.routes[]|select(.name=="judicial-confirmation").needs[].fact : route list {case}
11 12:03 shares-clerk opens=.body.routes[]|select(.name=="payment-order").opens_day : route list {case}
11 12:03 shares-clerk due=.body.agreement.instalments[0].due_day : case show {case}
11 12:04 shares-clerk chosen=.events[0].body.until_day : route choose {case} --route judicial-confirmation --presided peoples_committee --payment-only yes --both-apply yes
11 12:05 shares-clerk clock=.body.clocks[]|select(.name=="route").last_day : case clocks {case}
today 08:02 shares-clerk page=.body.routes[].name : case show {case}
STORY
}

# The clerk's command on the case; what it prints stays in out.log.
clerk() {
    by shares-clerk "$@"
}

choose() {
    clerk route choose "$case" --route "$@"
}

# The state of a route in the list, as its contract's number.
listed() {
    local name=$1
    shift
    clerk route list "$case" "$@" && jq -r ".body.routes[] | select(.name == \"$name\") | .state" "$TIAOJIE_WORK/answer"
}

story
say "the dispute is played to the seal, its routes are listed, confirmation is chosen" demo_play "$input"
case=$(kept case)
export LC_ALL=C.UTF-8 LANGUAGE=
say "the list and the case's own clock name one last day for confirmation" same "$(kept listed)" "$(kept confirmed)"
say "what only people know is asked for" same "$(kept needs)" presided
say "a payment order opens the day after the instalments are due" same "$(kept opens)" "$(($(kept due) + 1))"
say "the chosen route's last day is the listed one" same "$(kept chosen)" "$(kept listed)"
say "and a clock of its own runs until then" same "$(kept clock)" "$(kept listed)"
say "the case page shows what was chosen" same "$(kept page)" judicial-confirmation
say "it is not chosen again while nobody says what came of it" refused "this route was chosen on" choose judicial-confirmation
say "what came of the first is asked for before the next" refused "is there a document in force" choose payment-order
say "after its days the review is refused with its last day" refused "the last day to ask for it was" \
    choose arbitration-review --title no --payment-only yes --both-apply yes
say "and with its article" refused "Order 33 Art. 74" choose arbitration-review --title no --payment-only yes --both-apply yes
say "a debtor who cannot be found closes the payment order" refused "an order cannot be delivered" \
    choose payment-order --title no --deliverable no
say "which tells the condition's article" refused "CPL Interpretation 427" choose payment-order --title no --deliverable no
say "with every condition met the overdue payment is asked for by order" \
    choose payment-order --title no --deliverable yes --counter-duty no --preservation no
say "and the answer says where it leads when it falls" grep -qF "(Labour Interpretation (I) 13)" "$TIAOJIE_WORK/out.log"
say "a document in force is enforced" choose enforcement --title yes
say "and closes the ways to another one" same "$(listed suit-on-agreement --title yes)" closed
say "a route that nobody knows is refused" refused "no route has this name" choose prayer

# ---- the court's own procedure, followed beside the case

today=$(TZ=Asia/Shanghai date +%F)
yesterday=$(date -d "$today - 1 day" +%F)
apply() {
    clerk proceeding open "$case" --kind payment-order --step "order apply" --receipt-day "$yesterday" "$@"
}

# One value of `case clocks` about the proceeding's time limit.
limit() {
    clerk case clocks "$case" && jq -r ".body.clocks[] | select(.proceeding == 1 and .name == \"tell acceptance\") | $1" "$TIAOJIE_WORK/answer"
}

say "the court's procedure is not begun without its papers" refused "papers are missing: application with amount, facts and evidence, mediation agreement" apply
say "nor under a kind that nobody defined" refused "no procedure of the kind 'prayer' is in force" \
    clerk proceeding open "$case" --kind prayer --step pray
say "with its papers it is followed beside the case" apply --papers "application with amount, facts and evidence" --papers "mediation agreement"
clerk case show "$case"
say "the case page shows where it stands" same "$(jq -r '.body.proceedings[0].state' "$TIAOJIE_WORK/answer")" applied
say "its time limit counts from the receipt, by its article" same "$(limit '.article')" "CPL 226; CPL Interpretation 426"
say "and is explained: five days were counted" same "$(limit '.explained.counted')" 5
say "by a definition that is named with its version" same "$(limit '.explained.procedure')" "Payment order"
# ---- a notice about the last day, while everything runs

due=$(limit '.last_day')
due_day=$(date -d "1970-01-01 + $due days" +%F)
node=$(<"$TIAOJIE_DEMO/private")/nanshan
notice="the notice of the test"
# A list that calls one day off, or calls a weekday a make-up day.
list() {
    printf 'year: %s source: "%s" issued: "%s" %s\n' "${due_day%%-*}" "$notice" "$today" "$1" |
        protoc --proto_path="$TIAOJIE_ROOT" --encode=tiaojie.Calendar proto/procedure.proto >"$TIAOJIE_WORK/list.pb"
    node_admin "$node" calendar load "$TIAOJIE_WORK/list.pb" >"$TIAOJIE_WORK/out.log" 2>&1
}
moved() {
    local deadline=$((SECONDS + 30))
    until (($(limit '.last_day') != due)); do
        ((SECONDS < deadline)) || return 1
    done
}
ledger() {
    limit ".explained.ledger.recounts[-1] | $1"
}

say "a list that makes a weekday a make-up day is refused" refused "is neither a Saturday nor a Sunday" list "working: \"$due_day\""
say "a later notice calls the last day off" list "off { from: \"$due_day\" }"
say "and the time limit is counted again while the services run" moved
say "to a later day" test "$(limit '.last_day')" -gt "$due"
say "the old day is kept" same "$(ledger '.old_last_day')" "$due"
say "with the notice that moved it" same "$(ledger '.reason')" "$notice"
say "the explanation counts to the same day" same "$(limit '.explained.last_day')" "$(limit '.last_day')"
say "and names the day off among those that were passed over" test "$(limit ".explained.skipped[] | select(.from_day <= $due and .to_day >= $due) | .rolled")" = true
untold() {
    clerk case warnings "$case" && jq -r ".body.untold | $1" "$TIAOJIE_WORK/answer"
}
say "the warnings say from which day to which" same "$(untold '.[0].old_last_day')" "$due"
say "that people were told is recorded" clerk limits told "$case"
say "and the warning is gone" same "$(untold '. // [] | length')" 0
say "there is nothing to tell twice" refused "no time limit was moved of which people are still to be told" clerk limits told "$case"
clerk case show "$case"
say "the case's page tells it, and that people are to be told" grep -qF "counted again by another list of working days: tell those whom they bind" "$TIAOJIE_WORK/out.log"

say "a step out of its turn is refused with what is possible" refused "no step 'order deliver' in the state 'applied'" \
    clerk case step "$case" --proceeding 1 --step "order deliver"
say "a moment that is missing is asked for" refused "acceptance_day" clerk case step "$case" --proceeding 1 --step "order accept"
say "with it the step is taken" clerk case step "$case" --proceeding 1 --step "order accept" --acceptance-day "$today"
say "and the time limit stops" same "$(limit '.state')" stopped
say "a step that has a command of its own is not taken in another way" refused "has a command of its own" \
    clerk case step "$case" --step "case close"
say "replay of the logs gives the rows" node_admin "$node" replay
say "and their chains hold" node_admin "$node" log verify

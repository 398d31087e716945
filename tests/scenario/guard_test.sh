#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# What a mediation may not use up unseen, promise too early, or do without the parties' consent: the shares dispute is demo_play "$input"
# up to its session; then days are recorded, time goes on, and warnings, refusals and what ends them are what a clerk sees.
source "$(dirname "${BASH_SOURCE[0]}")/say.sh"
source "$(dirname "${BASH_SOURCE[0]}")/demo_story.sh"
for piece in strict private processes postgres node; do
    # shellcheck source=/dev/null
    source "$TIAOJIE_ROOT/deploy/dev/$piece.sh"
done
set +e

export TIAOJIE_DEMO=$TIAOJIE_WORK/demo
shares=$TIAOJIE_ROOT/deploy/demo/shares
input=$TIAOJIE_WORK/guard

trap demo_end EXIT

story() {
    mkdir "$input"
    cp "$shares/setup" "$shares/application.json" "$shares/draft.json" "$input/"
    sed '/session open/q' "$shares/story" >"$input/story"
    cat >>"$input/story" <<'STORY'
10 09:00 shares-clerk known=.body.id : case show {case}
STORY
}

clerk() {
    by shares-clerk "$@"
}

printed() {
    grep -qF -- "$1" "$TIAOJIE_WORK/out.log" || {
        cat "$TIAOJIE_WORK/out.log" >&2
        return 1
    }
}

# Simulated time goes on to 9:00 of a day.
now_is() {
    printf '%sT09:00:00+08:00\n' "$1" >"$time.new"
    mv "$time.new" "$time"
}

days_after() {
    date -d "$1 + $2 days" +%F
}

value() {
    jq -r "$1" "$TIAOJIE_WORK/answer"
}

# One value of the case's warning about a limit; "" where there is none.
warning() {
    clerk case warnings "$case" && value ".body.warnings[] | select(.name == \"$1\") | $2"
}

# One value of a limit of the case's own procedure.
limit() {
    clerk case clocks "$case" && value ".body.clocks[] | select((.proceeding // 0) == 0 and .name == \"$1\") | $2"
}

no_warning() {
    [[ -z $(warning "$1" .name) ]]
}

record() {
    clerk case step "$case" --step "facts record" "$@"
}

story
say "the dispute is played to its session" demo_play "$input"
case=$(kept case)
time=$(<"$TIAOJIE_DEMO/private")/time
today=$(TZ=Asia/Shanghai date +%F)
mediator=mediator-$(kept chosen)
export LC_ALL=C.UTF-8 LANGUAGE=

# ---- guests

invite() {
    clerk guest invite "$case" --name 李文 --standing relative "$@"
}
say "nobody is invited without the parties' consent" refused "the parties' consent to the invitation is not recorded" invite
say "and the refusal names the article" printed "PML 20"
say "one side's consent is not enough" refused "PML 20" invite --parties 1 --parties 2 --evidence "record of the session"
say "consent that is recorded nowhere is none" refused "PML 20" invite --parties 1 --parties 2 --claims 1
say "with both sides' recorded consent a guest is invited" \
    invite --parties 1 --parties 2 --claims 1 --evidence "record of the session"
clerk case show "$case"
say "the case page shows the guest's standing" same "$(value '.body.guests[0].standing')" relative
say "and where the consent is recorded" same "$(value '.body.guests[0].evidence')" "record of the session"

# ---- days that people know

clerk case warnings "$case"
say "limits whose first day nobody named are asked for" same \
    "$(value '[.body.unknown[].name] | index("limitation") != null')" true
say "without any day nothing is recorded" refused "no day is given from which a time limit is counted" record
say "a day to come is not known" refused "lies not in the future" record --knowledge-day "$(days_after "$today" 1)"
say "the days of the harm and of the act are recorded" \
    record --knowledge-day "$(days_after "$today" -345)" --act-day "$(days_after "$today" -700)"
say "the year for arbitration is warned of by its article" same "$(warning limitation .article)" "LDMAL 27"
say "the inspection's two years too" same "$(warning "inspection look-back" .article)" "LIR 20"
say "what was not told is still asked for" same \
    "$(value '[.body.unknown[].name] | index("worker'"'"'s injury application") != null')" true
say "the warning says what to do" same "$(warning limitation '.advice | test("apply for arbitration")')" true
say "and a person reads which steps renew the limit" printed "anew by: interruption record; inspection: complaint make"
say "a day that nobody named is asked for by its field" printed "started by: facts record, accident_day"
clerk case show "$case"
say "the case page warns" same "$(value '[.body.warnings[].name] | index("limitation") != null')" true
clerk warning list 2
say "the office's list has the case" same "$(value ".body.cases[] | select(.id == $case) | .warnings | length")" 2

# ---- the last days

last=$(date -d "1970-01-01 + $(warning limitation .last_day) days" +%F)
now_is "$(days_after "$last" -7)"
say "with seven days left nothing goes before" same "$(warning limitation '.first == "" or .first == null')" true
now_is "$(days_after "$last" -6)"
say "with fewer than seven legal aid goes first" same "$(warning limitation .first_article)" "Legal Aid Law 44"
say "and a person reads it" printed "legal aid first"
now_is "$last"
say "on the last day no day is left" same "$(warning limitation '.days_left // 0')" 0

# ---- what ends or renews a limit

say "an interruption is not recorded without its proof" refused "papers are missing: proof of interruption" \
    clerk case step "$case" --step "interruption record"
say "with its proof the year begins anew" \
    clerk case step "$case" --step "interruption record" --papers "proof of interruption"
say "which is said" printed "clock begins anew: limitation"
say "nobody is warned of it any more" no_warning limitation
say "how it was counted names the day before" same \
    "$(limit limitation '.explained.ledger.interruptions[0].old_last_day')" "$(($(date -ud "$last" +%s) / 86400))"
say "an application for arbitration is followed" clerk proceeding open "$case" --kind arbitration --step "arbitration apply" \
    --receipt-day "$last" --papers "written application, with copies"
say "and ends the year" same "$(limit limitation .state)" stopped

# ---- recognition before benefits

draft() {
    by "$mediator" agreement draft "$case" --from "$TIAOJIE_WORK/draft.json" "$@"
}
sed "s/@[0-9a-z+]*@/$(days_after "$last" 30)/g" "$shares/draft.json" >"$TIAOJIE_WORK/draft.json"
say "an accident is recorded" record --accident-day "$(days_after "$last" -10)"
say "no agreement is drafted while recognition is missing" refused "the recognition of the work injury is missing" draft
say "which names its article" printed "Regulation on Work-Injury Insurance 17, 18"
say "and the next step" printed "proceeding open --kind injury-recognition"
clerk case warnings "$case"
say "the warnings name both that is missing" same "$(value '.body.lacking | length')" 2
say "a decision of recognition is recorded" \
    clerk case step "$case" --step "recognition record" --papers "recognition decision"
say "and ends the year of the worker's application" same "$(limit "worker's injury application" .state)" stopped
say "then the appraisal is missing" refused "the appraisal of the capacity to work is missing" draft
say "parties who were told may settle all the same" draft --not-due-told true

say "replay of the logs gives the rows" node_admin "$(<"$TIAOJIE_DEMO/private")/nanshan" replay

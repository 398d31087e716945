#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# A closed case is opened again: its time limits go on, each with its old and its new day, one that has passed meanwhile runs
# out, and the case can be closed once more. Then: whom a move to another version of the procedure would touch.
source "$(dirname "${BASH_SOURCE[0]}")/say.sh"
source "$(dirname "${BASH_SOURCE[0]}")/demo_story.sh"
for piece in definitions node; do
    # shellcheck source=/dev/null
    source "$TIAOJIE_ROOT/deploy/dev/$piece.sh"
done
set +e

export TIAOJIE_DEMO=$TIAOJIE_WORK/demo
shares=$TIAOJIE_ROOT/deploy/demo/shares
input=$TIAOJIE_WORK/reopen

trap demo_end EXIT

# Days after the story's first. The clocks' numbers: 1000 finish (a month), 2000 no agreement (15 days).
story() {
    mkdir "$input"
    cp "$shares/setup" "$shares/application.json" "$input/"
    sed '/session open/q' "$shares/story" >"$input/story"
    cat >>"$input/story" <<'STORY'
12 10:00 shares-clerk : case withdraw {case}
12 11:00 shares-clerk old=.body.clocks[]|select(.ordinal==1000).last_day : case clocks {case}
12 11:01 shares-clerk ended=.body.clocks[]|select(.ordinal==1000).ended_by : case clocks {case}
20 09:00 shares-head new=.events[0].body.step.moves[]|select(.ordinal==1000).last_day was=.events[0].body.step.moves[]|select(.ordinal==1000).old_last_day said=.events[0].body.step.moves[]|select(.ordinal==1000).reason : case reopen {case} --reason "talks-go-on"
20 09:01 shares-clerk until passed=.body.clocks[]|select((.ordinal==2000)and(.state=="fired")).ended_by : case clocks {case}
20 09:02 shares-clerk until page=.body.state : case show {case}
20 09:03 shares-clerk until course=.body.application.outcome|select(.=="")|"open" : application show {application}
22 09:00 shares-clerk : case end {case}
22 09:01 shares-clerk until again=.body.application.outcome|select(.!="") : application show {application}
198 09:00 shares-clerk second=.about : application register --from application.json
198 09:01 shares-clerk : application accept {second}
198 09:02 shares-clerk until other=.body.application.case_id|select(.!=0) : application show {second}
198 09:03 shares-clerk finish=.body.clocks[]|select(.ordinal==1000).last_day : case clocks {other}
STORY
}

story
say "a case is withdrawn, opened again eight days later, and ended" demo_play "$input"
export LC_ALL=C.UTF-8 LANGUAGE=
case=$(kept case)
say "its closing ends the time limit, and says by which step" same "$(kept ended)" "case withdraw"
say "the reopening names the old day" same "$(kept was)" "$(kept old)"
# Closed on day 12, opened on day 20: days 13 to 19 do not count. The raw day may have been moved past days off both times.
say "and the new one, later by the days in between" test "$(kept new)" -ge "$(($(kept old) + 7 - 3))" -a "$(kept new)" -gt "$(kept old)"
say "with its reason" same "$(kept said)" talks-go-on
say "a limit for which the time counts, and that has passed, runs out" same "$(kept passed)" \
    "arbitration is open; the mediation may go on"
say "the case is in the mediator's hands again" same "$(kept page)" mediating
say "and its application is open again" same "$(kept course)" open
say "until the case is closed once more" same "$(kept again)" failed
say "the clerk does not open it: the head decides" refused "it is for: head" by shares-clerk case reopen "$case" --reason x
LANGUAGE=zh_CN say "in Chinese too the article says that nobody has read it" refused "本机构规定（未核实）" by shares-clerk case reopen "$case" --reason x
say "what is not closed is not opened" refused "the case is not closed" by shares-head case reopen "$(kept other)" --reason x
say "the answer shows the time limits with both days" grep -qE 'finish goes on; .*[0-9-]{10} -> [0-9-]{10}, talks-go-on' "$TIAOJIE_WORK/demo.log"

# ---- whom a move would touch

node=$(<"$TIAOJIE_DEMO/private")/nanshan

# A version of the labour procedure as sed changes it, compiled to changed.NAME.
changed() {
    local name=$1
    shift
    sed -E "$@" "$TIAOJIE_ROOT/law/procedures/mediation-labour.txtpb" | definition_encode >"$TIAOJIE_WORK/changed.$name"
}

hash_of() {
    sha256sum "$1" | cut -c 1-16
}

migrate() {
    local file=$1
    shift
    node_admin "$node" procedure migrate "$file" --from "$(hash_of "$node/law/mediation-labour.procedure")" \
        --to "$(hash_of "$file")" "$@" >"$TIAOJIE_WORK/migrated"
}

last_is() {
    same "$(tail -n 1 "$TIAOJIE_WORK/migrated")" "$1"
}

finish=$(TZ=UTC date -d "@$(($(kept finish) * 86400))" +%F)
changed longer '/^clocks/,/^}/{/name: "finish"/,/amount/s/amount: 1/amount: 2/}'
changed renamed 's/"registered"/"listed"/'
changed titled 's/^name: "/&New: /'
before=$(node_admin "$node" log count)
say "a longer limit would move the one case that runs" migrate "$TIAOJIE_WORK/changed.longer" --dry-run
say "which is counted" last_is "migrate cases=1 same=0 moved=1 stuck=0"
say "and named with its state" grep -qE "^running service=mediation table=case id=$(kept other) number=440305-[0-9]{4}-[0-9]{6} state=\"registered\" verdict=moved$" "$TIAOJIE_WORK/migrated"
say "with the old day and the new one" grep -qE "^clock id=$(kept other) name=\"finish\" subject=0 last_day=$finish moves_to=[0-9-]{10}" "$TIAOJIE_WORK/migrated"
say "a version without its state would hold it up" migrate "$TIAOJIE_WORK/changed.renamed" --dry-run
say "which is counted too" last_is "migrate cases=1 same=0 moved=0 stuck=1"
say "another title changes nothing" migrate "$TIAOJIE_WORK/changed.titled" --dry-run
say "and says so" last_is "migrate cases=1 same=1 moved=0 stuck=0"
say "without --dry-run it is refused" refused "keeps the version of its procedure" migrate "$TIAOJIE_WORK/changed.longer"
say "with what to do instead" grep -qF -- "add --dry-run" "$TIAOJIE_WORK/out.log"
say "a version that nobody has is named" refused "no procedure with the hash 0123456789abcdef" \
    node_admin "$node" procedure migrate --from 0123456789abcdef --to 0123456789abcdef --dry-run
say "nothing was written" same "$before" "$(node_admin "$node" log count)"
say "replay of the logs gives the rows" node_admin "$node" replay

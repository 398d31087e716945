#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The programs know no name, amount or place: another input, or another procedure file, and without a rebuild another mediator
# is chosen with another reason, or the story ends at the step that is gone. A request's trace in both nodes' logs. A referral
# that is objected to as wrongly passed, as both departments see it.
source "$(dirname "${BASH_SOURCE[0]}")/say.sh"
source "$(dirname "${BASH_SOURCE[0]}")/demo_story.sh"
for piece in strict private processes postgres node; do
    # shellcheck source=/dev/null
    source "$TIAOJIE_ROOT/deploy/dev/$piece.sh"
done
export TIAOJIE_DEMO=$TIAOJIE_WORK/stories
INPUT=$TIAOJIE_WORK/input
LOG=$TIAOJIE_WORK/story.log

trap demo_end EXIT

# The dispute of the demonstration, until the mediator is proposed.
beginning() {
    rm -rf "$INPUT"
    cp -r "$TIAOJIE_ROOT/deploy/demo/wages" "$INPUT"
    sed -i '/assignment explain/q' "$INPUT/story"
}

# Before the office accepts the referral it objects; the superior rejects that, and upholds it for another one.
object_first() {
    cat >"$TIAOJIE_WORK/objection" <<'STORY'
0 09:20 clerk : referral object {incoming} --reason "工地在龙岗区"
0 09:21 hr-clerk until seen=.body|select(.referral.state=="objected").reason : referral show {outgoing}
0 09:22 hr-clerk : referral show {outgoing}
0 15:00 clerk : objection reject {incoming} --decision "市人力资源和社会保障局〔2026〕7号"
0 15:01 clerk : referral show {incoming}
0 15:02 hr-clerk until kept=.body.referral|select(.state=="kept").state : referral show {outgoing}
0 15:03 hr-clerk : referral show {outgoing}
0 15:10 hr-clerk wrong_conversation=.events[0].body.conversation wrong_outgoing=.about : referral send --from complaint.json
0 15:11 clerk until wrong=.body.referrals[]|select(.conversation=="{wrong_conversation}").id : referral list --limit 200
0 15:12 clerk : referral object {wrong} --reason "工地在龙岗区"
0 15:13 clerk : objection uphold {wrong} --department "龙岗区人力资源局" --reason "工地在龙岗区" --decision "市人力资源和社会保障局〔2026〕8号"
0 15:14 hr-clerk until back=.body.referral|select(.state=="returned").state : referral show {wrong_outgoing}
0 15:15 hr-clerk : referral show {wrong_outgoing}
STORY
    sed -i "/ clerk : referral show {incoming}\$/r $TIAOJIE_WORK/objection" "$INPUT/story"
}

# On nodes of its own: who is registered is read once.
play() {
    demo_end
    "$TIAOJIE_ROOT/dev" demo --input "$INPUT" >"$LOG" 2>&1
}

shows() {
    grep -qE "$1" "$LOG" || {
        grep -A 22 'assignment propose' "$LOG" >&2
        tail -n 10 "$LOG" >&2
        return 1
    }
}

fails() {
    ! "$@"
}

lacks() {
    ! grep -qE "$1" "$LOG"
}

# Takes one block `steps { name: "NAME" ... }` out of a procedure file.
without_step() {
    awk -v name="  name: \"$1\"" '
        /^steps \{$/ { block = $0; gone = 0; inside = 1; next }
        inside { block = block "\n" $0; if ($0 == name) gone = 1; if ($0 == "}") { inside = 0; if (!gone) print block }; next }
        { print }' "$2"
}

log_of() {
    echo "$(<"$TIAOJIE_DEMO/private")/$1/log/$2.log"
}

# The trace of the one referral that the labour inspection sent, from its gateway's log.
trace_sent() {
    sed -nE 's/.*event="command passed on" name="referral send".* trace=([^ ]+).*/\1/p' "$(log_of nanshanhr gateway)"
}

follows() {
    local trace
    trace=$(trace_sent)
    [[ -n $trace ]] && grep -q "event=\"entry written\".* trace=$trace" "$(log_of "$1" "$2")"
}

names_nobody() {
    ! cat "$(<"$TIAOJIE_DEMO/private")"/*/log/*.log | grep -qE '赵伟|34112419811121870X|13010000000'
}

beginning
sed -i -e 's/周明 \(.*\) --load 2$/周明 \1 --load 9/' "$INPUT/setup"
say "the one with the lighter load has more cases now" play
say "the other of the two is proposed, with his load as the reason" shows '^ +mediator name: 田凤$'
say "and the reason says so" shows '周明, verdict: eligible, eligible with 9 of 40 cases'
for at in "nanshanhr referral" "nanshanhr exchange" "nanshan exchange" "nanshan referral"; do
    # shellcheck disable=SC2086
    say "the trace of the referral stands in the log of $at" follows $at
done
say "no log names a worker, his number or his telephone" names_nobody

beginning
sed -i 's/"employers": .*/"employers": [{"name": "别的公司", "credit_code": "91110000600037341L"}]/' "$INPUT/conflict.json"
say "the mediator worked for somebody else" play
say "he is proposed: his load is the lightest" shows '^ +mediator name: 卢静$'
say "nobody is in conflict" lacks 'verdict: conflict'

beginning
sed -i 's/"language": "sichuan"/"language": "cantonese"/' "$INPUT/complaint.json"
say "the workers speak another dialect" play
say "the one who speaks it is proposed" shows '^ +mediator name: 欧阳辉$'
say "the others are told that they do not" shows '周明, verdict: language, does not speak cantonese'

beginning
object_first
say "the referral is objected to, and the superior keeps it; another goes back to the sender" play
say "the sender sees the objection with its reason, by a signed receipt" shows '^ +stages: objected, 工地在龙岗区, .*valid: yes'
say "the sender sees that the objection was rejected" shows '^ +stages: kept, 市人力资源和社会保障局〔2026〕7号, .*valid: yes'
say "the time to accept begins with the decision" shows '^ +limits: accept, running, '
say "the case goes on" shows '^ +mediator name: '
say "the other one came back with the department that the superior named" \
    shows '^ +stages: returned, 工地在龙岗区 -> 龙岗区人力资源局 \(市人力资源和社会保障局〔2026〕8号\), .*valid: yes'

cp -r "$TIAOJIE_ROOT/law" "$TIAOJIE_WORK/law"
without_step "session record" "$TIAOJIE_ROOT/law/procedures/mediation-labour.txtpb" \
    >"$TIAOJIE_WORK/law/procedures/mediation-labour.txtpb"
rm -rf "$INPUT" && cp -r "$TIAOJIE_ROOT/deploy/demo/wages" "$INPUT"
export NODE_LAW=$TIAOJIE_WORK/law
say "a procedure without the step session record: the story fails" fails play
say "at that step" shows "session record .*--ordinal 1"
say "and what is possible instead is said" shows "no step 'session record' in the state 'in_session'; possible now: .*session adjourn"
say "what came before it stands" shows 'session open'

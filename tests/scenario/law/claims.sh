#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Claims: published awards and worked examples, asked through the gateway of a running node, come out to the fen; a sheet
# with a wrong line is named; a base figure that is not loaded is named. The last line counts the sums.
source "$(dirname "${BASH_SOURCE[0]}")/../say.sh"
source "$TIAOJIE_ROOT/deploy/dev/node.sh"

NODE=claims
DIR=$TIAOJIE_WORK/n
BOOK=$TIAOJIE_WORK/book
COUNT=$TIAOJIE_WORK/sums

finish() {
    process_stop "$BOOK"
}
trap finish EXIT

make_node() {
    node_make "$DIR" "$NODE" 440305
    node_office "$DIR" 1 "Yuehai street" 440305 committee
    node_person "$DIR" clerk clerk 1
    node_person "$DIR" partner partner 1
    node_person "$DIR" operator operator
    mkdir "$DIR/law/published"
    protoc --proto_path="$TIAOJIE_ROOT" --encode=claim.Bases proto/claim.proto \
        <"$TIAOJIE_ROOT/tests/scenario/law/bases.txtpb" >"$DIR/law/published/bases.base"
    node_admin "$DIR" base load "$DIR/law/published/bases.base" | grep -q 'base name="published awards" issued=2026-06-01'
    node_start "$DIR" "$BOOK"
}

claim() {
    local what=$1 json=$2
    shift 2
    printf '%s' "$json" >"$TIAOJIE_WORK/claim.json"
    "$TIAOJIE_BIN/tiaojie" --as "$DIR/profiles/clerk" "$@" claim "$what" 1 --from "$TIAOJIE_WORK/claim.json"
}

# One sum of a claim, by a filter of the answer, in fen.
sum() {
    local json=$1 filter=$2 wanted=$3 got
    echo sum >>"$COUNT"
    got=$(claim count "$json" --json | jq -r ".body | $filter")
    [[ $got == "$wanted" ]] || die "$filter: $got, not $wanted"
    echo matched >>"$COUNT"
}

item() {
    echo ".lines[] | select(.item == \"$1\") | .amount_fen"
}

# ---- the claims ----

readonly AWARD='{"place": 500000, "paid": [{"name": "advance", "amount_fen": 100000}], "injury": {"injury_day": "2013-08-15",
    "grade": 9, "own_wage_fen": 378300, "insured": "no", "recognised": "yes", "leave_wage_fen": 378300,
    "leave_hundredths": 400, "nursing_days": 24, "nursing_day_fen": 8000, "meal_days": 24, "meal_day_fen": 800,
    "appraisal_fen": 40000, "travel_fen": 30000, "ending": "worker", "ending_day": "2014-05-27"}}'

award() {
    sum "$AWARD" "$(item disability_benefit)" 3404700
    sum "$AWARD" "$(item medical_subsidy)" 1700800
    sum "$AWARD" "$(item employment_subsidy)" 3826800
    sum "$AWARD" "$(item leave_pay)" 1513200
    sum "$AWARD" "$(item nursing_in_leave)" 192000
    sum "$AWARD" "$(item hospital_meals)" 19200
    sum "$AWARD" .total_fen 10726700
    sum "$AWARD" .payable_fen 10626700
}

readonly PARTS='{"place": 230000, "paid": [{"name": "paid", "amount_fen": 1280000}], "injury": {"injury_day": "2020-09-24",
    "grade": 9, "own_wage_fen": 498525, "insured": "no", "recognised": "yes", "leave_wage_fen": 498525,
    "leave_hundredths": 2320, "leave_extended": "yes", "nursing_days": 63, "nursing_day_fen": 5000, "meal_days": 63,
    "meal_day_fen": 1500, "ending": "worker", "ending_day": "2023-07-05"}}'

parts_of_months() {
    sum "$PARTS" "$(item disability_benefit)" 4486725
    sum "$PARTS" "$(item medical_subsidy)" 4985250
    sum "$PARTS" "$(item employment_subsidy)" 3988200
    sum "$PARTS" "$(item leave_pay)" 11565780
    sum "$PARTS" .total_fen 25435455
    sum "$PARTS" .payable_fen 24155455
}

own_wage() {
    local json
    json='{"place": 520100, "injury": {"injury_day": "2020-09-24", "grade": 9, "insured": "yes", "recognised": "yes",
        "own_wage_fen": '$1'}}'
    sum "$json" .total_fen "$2"
}

floors_and_ceilings() {
    own_wage 400000 3600000
    own_wage 1800000 13500000
    own_wage 250000 2700000
}

three_bases() {
    sum '{"place": 520100, "injury": {"injury_day": "2020-09-24", "grade": 9, "insured": "yes", "recognised": "yes",
        "own_wage_fen": 700000, "ending": "worker", "ending_day": "2023-07-05"}}' .total_fen 14300000
}

death() {
    sum '{"place": 520100, "chosen": [{"purpose": "area_wage", "series": "urban disposable income per head"}],
        "injury": {"death": "from_injury", "insured": "yes", "recognised": "yes", "death_day": "'"$1"'"}}' \
        "$(item death_benefit)" "$2"
}

deaths() {
    death 2013-06-01 49130000
    death 2021-06-01 87668000
}

wages() {
    sum '{"paid": [{"name": "paid", "amount_fen": 1500000}], "wages": {"items": [{"pay": "settled",
        "rate_fen": 1809000}]}}' .payable_fen 309000
    sum '{"paid": [{"amount_fen": 40000}, {"amount_fen": 100000}], "wages": {"items": [{"pay": "normal",
        "rate_fen": 50000, "rate": "month", "quantity": "month", "from_day": "2008-10-08",
        "until_day": "2009-06-07"}]}}' .payable_fen 260000
}

costs() {
    sum '{"costs": {"claim_fen": 2600000, "simple": true}}' "$(item court_fee)" 22500
    sum '{"costs": {"claim_fen": 530000, "simple": true}}' "$(item court_fee)" 2500
    sum '{"costs": {"claim_fen": 3000000, "payment_order": true}}' "$(item payment_order_fee)" 18333
    sum '{"costs": {"enforced_fen": 3000000}}' "$(item enforcement_fee)" 35000
    sum '{"costs": {"unpaid_fen": 3000000, "late_days": 100}}' "$(item late_interest)" 52500
}

# ---- what places decided ----

# Own wage 10,000, declared 7,000: the fund pays 9 x 7,000 and the employer 9 x 3,000.
under_declared() {
    local json='{"place": 330102, "injury": {"injury_day": "2023-07-05", "grade": 9, "insured": "yes",
        "recognised": "yes", "own_wage_fen": 1000000, "declared_wage_fen": 700000}}'
    sum "$json" "$(item disability_benefit)" 6300000
    sum "$json" "$(item top_up)" 2700000
    sum "$json" .total_fen 9000000
    shows 'Zhejiang Work-Injury Insurance Regulation 33' claim count "$json"
}

# 16 years of 128,825; a widow of 64 has 16 years of 4,000 a month.
at_once() {
    sum '{"place": 330102, "injury": {"injury_day": "2023-07-05", "grade": 1, "insured": "no", "recognised": "yes",
        "own_wage_fen": 1000000, "lump_sum": true}}' "$(item lump_sum)" 206120000
    sum '{"place": 330102, "injury": {"injury_day": "2023-07-05", "own_wage_fen": 1000000, "insured": "no",
        "recognised": "yes", "lump_sum": true, "death": "from_injury", "death_day": "2023-07-05",
        "dependants": [{"name": "A", "spouse": true, "birth_day": "1959-07-05"}]}}' "$(item lump_sum)" 76800000
}

# 2,420 / 21.75 / 8 x 8 hours x 200 percent.
overtime_floor() {
    local json='{"place": 110108, "wages": {"month_days_hundredths": 2175, "items": [{"pay": "rest_day", "rate_fen": 1000,
        "rate": "hour", "quantity": "hour", "quantity_hundredths": 800, "from_day": "2024-05-04",
        "until_day": "2024-05-04"}]}}'
    sum "$json" "$(item overtime)" 22253
    shows 'raised to it (Beijing Wage Payment Rules 44)' claim count "$json"
}

before_2008() {
    local json='{"place": 110108, "compensation": {"from_day": "2000-01-01", "until_day": "2024-12-31", "ground": 5,
        "average_fen": 1000000}}'
    sum "$json" .total_fen 17000000
    shows 'Labour Contract Law 97' claim count "$json"
}

payable_in_words() {
    local json='{"paid": [{"amount_fen": 140000}], "wages": {"items": [{"pay": "settled", "rate_fen": 400000}]}}'
    shows '贰仟陆佰元整' claim count "$json"
    claim check '{"payable_words": "壹仟陆佰捌拾元零叁角贰分", "lines": [{"item": "wages", "amount_fen": 168032}]}' --json |
        jq -e '.body | .right == 1 and (.off // []) == []' >/dev/null
}

# ---- a year that was not published ----

readonly EARLY='{"place": 520100, "injury": {"injury_day": "2024-03-01", "grade": 9, "insured": "yes",
    "recognised": "yes", "own_wage_fen": 250000}}'

handed_in() {
    claim check "$(jq -n --slurpfile sheet "$TIAOJIE_WORK/sheet.json" --argjson count "$EARLY" \
        '{sheet: $sheet[0], count: $count}')" "$@"
}

stays_provisional() {
    claim count "$EARLY" --json | jq .body >"$TIAOJIE_WORK/sheet.json"
    jq -e '.provisional and .total_fen == 2700000' "$TIAOJIE_WORK/sheet.json" >/dev/null
    handed_in --json | jq -e '.body.recounted[0] | .provisional and .old_fen == .new_fen' >/dev/null
}

publish() {
    protoc --proto_path="$TIAOJIE_ROOT" --encode=claim.Bases proto/claim.proto \
        >"$DIR/law/published/later.base" <<'END'
name: "the year 2023"
issued: "2026-06-02"
series {
  name: "average wage, worked example"
  place: 520000
  per: PER_MONTH
  source: "published later"
  figures { year: 2023 fen: 600000 }
}
END
    node_admin "$DIR" base load "$DIR/law/published/later.base" >/dev/null
    process_stop "$BOOK"
    node_start "$DIR" "$BOOK"
}

# The own wage is lifted to 3,600 instead of 3,000.
is_topped_up() {
    publish
    handed_in --json | jq -e '.body | .top_up_fen == 540000 and (.off // []) == [] and
        .recounted[0].new_fen == 3240000 and (.recounted[0].provisional // false | not)' >/dev/null
    shows 'difference fen: 5,400.00' handed_in
}

# ---- what stands beside the sums ----

shows() {
    local text=$1 out
    shift
    out=$("$@" 2>&1)
    [[ $out == *"$text"* ]] || die "no '$text' in: $out"
}

refuses() {
    local text=$1 out
    shift
    if out=$("$@" 2>&1); then
        die "not refused: $out"
    fi
    [[ $out == *"$text"* ]] || die "no '$text' in: $out"
}

names_its_figure() {
    shows 'average wage 4,252.00 x 4 months' claim count "$AWARD"
    shows 'bases: average wage, urban non-private units' claim count "$AWARD"
    shows 'year: 2013' claim count "$AWARD"
    shows 'the year before the contract ended' claim count "$AWARD"
}

asks_for_what_is_missing() {
    local out
    out=$(claim count '{"wages": {"items": [{"pay": "normal", "rate_fen": 435000, "rate": "month", "quantity": "day",
        "quantity_hundredths": 300}]}}' --json)
    jq -e '.body.missing[] | select(.field == "month_days_hundredths")' <<<"$out" >/dev/null
    jq -e '(.body.lines // []) | length == 0' <<<"$out" >/dev/null
}

names_the_missing_base() {
    refuses '500000' claim count "${AWARD/2013-08-15/2011-08-15}"
    refuses '2010' claim count "${AWARD/2013-08-15/2011-08-15}"
}

readonly SHEET='{"paid": [{"amount_fen": 1280000}], "total_fen": 25435455, "payable_fen": 24155455, "lines": [
    {"item": "disability_benefit", "base_fen": 498525, "quantity_hundredths": 900, "amount_fen": 4486725},
    {"item": "medical_subsidy", "base_fen": 498525, "quantity_hundredths": 1000, "amount_fen": 4985250},
    {"item": "employment_subsidy", "base_fen": 498525, "quantity_hundredths": 800, "amount_fen": 3988200},
    {"item": "leave_pay", "base_fen": 498525, "quantity_hundredths": 2320, "amount_fen": 11565780},
    {"item": "nursing_in_leave", "base_fen": 5000, "quantity_hundredths": 6300, "amount_fen": 315000},
    {"item": "hospital_meals", "base_fen": 1500, "quantity_hundredths": 6300, "amount_fen": 94500}]}'

a_right_sheet() {
    claim check "$SHEET" --json | jq -e '.body | .right == 6 and (.off // []) == [] and .missing[0].field == "leave_extended"' >/dev/null
}

a_wrong_line() {
    claim check "${SHEET/11565780/11665780}" --json |
        jq -e '.body | (.off | length) == 1 and .off[0].line == 4 and .off[0].item == "leave_pay" and .off[0].off_fen == 100000' >/dev/null
    shows '1,000.00' claim check "${SHEET/11565780/11665780}"
}

a_partner_may() {
    printf '%s' "$AWARD" >"$TIAOJIE_WORK/claim.json"
    "$TIAOJIE_BIN/tiaojie" --as "$DIR/profiles/partner" claim count 1 --from "$TIAOJIE_WORK/claim.json" >/dev/null
}

an_operator_may_not() {
    printf '%s' "$AWARD" >"$TIAOJIE_WORK/claim.json"
    refuses 'claim count' "$TIAOJIE_BIN/tiaojie" --as "$DIR/profiles/operator" claim count 1 --from "$TIAOJIE_WORK/claim.json"
}

a_bad_file_is_refused() {
    printf '\x0a\x01x' >"$TIAOJIE_WORK/bad.base"
    refuses issued node_admin "$DIR" base load "$TIAOJIE_WORK/bad.base"
    sed 's/fen: 425200/fen: -425200/' "$TIAOJIE_ROOT/tests/scenario/law/bases.txtpb" |
        protoc --proto_path="$TIAOJIE_ROOT" --encode=claim.Bases proto/claim.proto >"$TIAOJIE_WORK/bad.base"
    refuses 'bad.base: series[0].figures[1].fen' node_admin "$DIR" base load "$TIAOJIE_WORK/bad.base"
}

count_matched() {
    sed "/^$1\$/!d" "$COUNT" | wc -l
}

: >"$COUNT"
say "a node with the base figures of law/ and of published awards starts" make_node
say "an award of grade 9 comes out to the fen, line by line" award
say "a claim with parts of months comes out to the fen" parts_of_months
say "the own wage is lifted to 60 and capped at 300 percent of the average" floors_and_ceilings
say "three sums with three bases" three_bases
say "the death benefit goes by the year before" deaths
say "wages owed are what was earned less what was paid" wages
say "court fees, payment order, enforcement and late interest" costs
say "an under-declared wage is made good by the employer" under_declared
say "an uninsured worker of grade 1, and a widow, are paid in one sum" at_once
say "overtime is not counted from less than the minimum wage" overtime_floor
say "what the rules before 2008 gave is asked for" before_2008
say "what is payable stands in capital characters, and both forms of them are read" payable_in_words
say "a line says its formula, series, year and why that year" names_its_figure
say "by how many days a month is divided is asked for, not assumed" asks_for_what_is_missing
say "a figure that is not loaded is named with place and year" names_the_missing_base
say "a sheet that holds is found right; the extension it needs is asked for" a_right_sheet
say "of a sheet with one wrong line that line is named, and by how much" a_wrong_line
say "a partner's system may ask" a_partner_may
say "an operator may not" an_operator_may_not
say "a file of figures without its day, or with a negative one, is refused by name" a_bad_file_is_refused
say "a sheet from a year before stays provisional" stays_provisional
say "when the year is published the sheet says what is to be paid on top" is_topped_up
echo "claims sums=$(count_matched sum) matched=$(count_matched matched)"

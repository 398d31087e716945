#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Proof: a worker's application is registered through the gateway, the proof of it is issued, and everything after that
# needs only the text and the node's public key: Tiaojie's own check, OpenSSL's command line, a QR code.
source "$(dirname "${BASH_SOURCE[0]}")/say.sh"
source "$TIAOJIE_ROOT/deploy/dev/node.sh"

NODE=proving
DIR=$TIAOJIE_WORK/n
BOOK=$TIAOJIE_WORK/book
NAME='阿卜杜拉·𠮷' # a middle dot, and a character of four bytes
UNVERIFIED=23
INVALID=11
UNKNOWN=12
FORBIDDEN=14
cd "$TIAOJIE_WORK" || exit

finish() {
    local role psql=(psql --no-psqlrc --quiet --tuples-only --no-align "$TIAOJIE_PG dbname=postgres")
    process_stop "$BOOK"
    "${psql[@]}" --command="drop database if exists $NODE with (force)"
    "${psql[@]}" --command="select rolname from pg_catalog.pg_roles where rolname like '${NODE}\\_%'" |
        while read -r role; do
            "${psql[@]}" --command="drop role $role"
        done
}
trap finish EXIT

make() {
    mkdir -p "$DIR"
    node_make "$DIR" "$NODE" 440305
    node_office "$DIR" 1 "西丽街道人民调解委员会" 440305 committee
    node_office "$DIR" 2 "粤海街道人民调解委员会" 440305 committee
    node_person "$DIR" clerk clerk 1
    node_person "$DIR" stranger clerk 2
    node_start "$DIR" "$BOOK"
}

as() {
    local person=$1
    shift
    "$TIAOJIE_BIN/tiaojie" --as "$DIR/profiles/$person" "$@"
}

# An application of two workers, the first under the given name.
application() {
    local name=$1 respondent=$2
    cat <<JSON
{"dispute": {"kind": "labour-wages", "place": 440305, "channel": "window",
 "claims": [{"worker": {"name": "$name", "identity_number": "53292519650107768X", "phone": "13010000202"},
             "amount_fen": 5372236, "work": "2025年11月至2026年1月工资"},
            {"worker": {"name": "陈明", "identity_number": "451030196503093027"}, "amount_fen": 100, "work": "工资"}],
 "parties": [{"role": "respondent", "name": "$respondent"}]}}
JSON
}

register() {
    application "$1" "$2" >application.json
    as clerk --keep registered application register 1 --from application.json
    jq -e .about registered >"$3"
}

issue() {
    local worker=$1 number=$2 file=$3
    shift 3
    as clerk proof issue "$(<"$number")" --worker "$worker" --purpose "asked for by the worker" --save "$file" "$@"
}

print_key() {
    node_admin "$DIR" node key >node.pem
    grep -q 'BEGIN PUBLIC KEY' node.pem
}

# As somebody without profile, connection or node.
verify() {
    env --ignore-environment LC_ALL=C.UTF-8 "$TIAOJIE_BIN/tiaojie" proof verify "$@"
}

is_refused() {
    local code=$1 words=$2 got=0
    shift 2
    "$@" >refused 2>&1 || got=$?
    cat refused
    ((got == code)) && grep -q "$words" refused
}

shows_only_the_end_of_the_number() {
    grep -qx "请求人: $NAME" proof.txt
    grep -qx '身份证件号码: \*\{14\}768X' proof.txt
    ! grep -qE '532925|1301000|陈明' proof.txt
}

# Every line with one character changed: none passes.
passes_with_no_line_changed() {
    local line lines
    lines=$(wc -l <proof.txt)
    ((lines > 15))
    for ((line = 1; line <= lines; line++)); do
        sed "${line}s/: ./: #/" proof.txt >damaged.txt
        if cmp -s proof.txt damaged.txt || verify damaged.txt --key node.pem; then
            die "line $line was changed and nobody noticed"
        fi
    done
}

changes() {
    sed 's/53722\.36/53722.37/' proof.txt >changed.txt
    sed 's/$/\r/' proof.txt >crlf.txt
    head -c 700 proof.txt >cut.txt
    { cat proof.txt && echo "附加: 一"; } >added.txt
    openssl genpkey -algorithm ed25519 | openssl pkey -pubout >other.pem
}

# What README.md shows.
holds_by_openssl() {
    head -n -1 proof.txt >said
    tail -n 1 proof.txt | cut -d ' ' -f 2 | base64 -d >signature
    openssl pkeyutl -verify -pubin -inkey node.pem -rawin -in said -sigfile signature
}

has_the_fingerprint() {
    [[ $(openssl pkey -pubin -in node.pem -outform DER | sha256sum | cut -d ' ' -f 1) == $(sed -n 's/^公钥指纹: //p' proof.txt) ]]
}

fails_by_openssl_when_changed() (
    mkdir -p other
    cp node.pem other && sed 's/53722\.36/53722.37/' proof.txt >other/proof.txt
    cd other || exit
    ! holds_by_openssl
)

decode() {
    zbarimg --quiet --raw --oneshot -Sbinary "$1"
}

# Rows of 0 and 1 as a picture, four dots a module.
bitmap() {
    awk '{ gsub(/./, "&&&&"); for (i = 0; i < 4; i++) row[++n] = $0 }
        END { print "P1"; print length(row[1]), n; for (i = 1; i <= n; i++) { gsub(/./, "& ", row[i]); print row[i] } }'
}

picture_is_the_text() {
    "$TIAOJIE_BIN/tiaojie" proof qr proof.txt --out proof.pbm
    decode proof.pbm >scanned
    cmp scanned <(head -c -1 proof.txt)
}

drawing_is_the_text() {
    "$TIAOJIE_BIN/tiaojie" proof qr proof.txt --out proof.svg
    tr 'M' '\n' <proof.svg | awk -F '[ hvz-]' '
        /viewBox/ { match($0, /viewBox="0 0 [0-9]+/); side = substr($0, RSTART + 13, RLENGTH - 13) + 0 }
        /^[0-9]+ [0-9]+h/ { for (i = 0; i < $3; i++) dark[$2, $1 + i] = 1 }
        END { for (y = 0; y < side; y++) { line = ""; for (x = 0; x < side; x++) line = line ((y, x) in dark); print line } }' |
        bitmap >drawing.pbm
    decode drawing.pbm >scanned-drawing
    cmp scanned-drawing <(head -c -1 proof.txt)
}

# The terminal's half blocks: a line is two rows.
screen_is_the_text() {
    "$TIAOJIE_BIN/tiaojie" proof qr proof.txt >screen
    {
        sed 's/█/0/g; s/▀/0/g; s/▄/1/g; s/ /1/g' screen >upper
        sed 's/█/0/g; s/▀/1/g; s/▄/0/g; s/ /1/g' screen >lower
        paste -d '\n' upper lower
    } | bitmap >screen.pbm
    decode screen.pbm >scanned-screen
    cmp scanned-screen <(head -c -1 proof.txt)
}

scanned_holds() {
    verify - --key node.pem <scanned
}

# What the client says is the signed text is not what comes out.
ignores_what_the_client_calls_the_statement() {
    issue 2 first second.txt --statement "$(printf x | base64)"
    verify second.txt --key node.pem
    grep -qx '请求人: 陈明' second.txt
}

hex() {
    printf %s "$1" | od -An -v -tx1 | tr -d ' \n'
}

# Neither name nor number stands in the vault's tables or log, and yet the proof is there.
keeps_nothing_in_plain() {
    local kept
    kept=$(psql --no-psqlrc --quiet --tuples-only --no-align "$TIAOJIE_PG dbname=$NODE" \
        --command="select count(*) from vault.asker where pg_catalog.octet_length(statement) > 500")
    ((kept == 3))
    pg_dump "$TIAOJIE_PG dbname=$NODE" --schema=vault --data-only --inserts >dump.sql
    grep -q 'INSERT INTO vault.asker' dump.sql
    grep -qF "$(hex 云川劳务有限公司)" dump.sql # in the log, where nothing about persons may stand
    ! grep -qF -e "$NAME" -e "$(hex "$NAME")" -e 53292519650107768X -e "$(hex 53292519650107768X)" dump.sql
}

chains_and_tables_hold() {
    node_admin "$DIR" log verify | tee /dev/stderr | grep -q ' bad=0$'
    node_admin "$DIR" replay | tee /dev/stderr | awk '!/ differ=0$/ { bad = 1 } END { exit bad || NR == 0 }'
}

say "a node with two offices starts" make
say "an application of two workers is registered" register "$NAME" "云川劳务有限公司" first
say "the proof of the first worker is issued at once" issue 1 first proof.txt
say "it shows the name and only the end of the number" shows_only_the_end_of_the_number
say "the node's public key is printed" print_key
say "with the key and nothing else it is checked" verify proof.txt --key node.pem
say "so it is without its last line's end" verify - --key node.pem < <(head -c -1 proof.txt)
say "it is for its owner's eyes" test "$(stat -c %a proof.txt)" = 600
changes
say "an amount that was changed does not fit the signature" is_refused $UNVERIFIED "does not fit" verify changed.txt --key node.pem
say "a change in any line is noticed" passes_with_no_line_changed
say "changed line ends are named" is_refused $INVALID "CR characters" verify crlf.txt --key node.pem
say "one that is cut off is named" is_refused $INVALID "cut off" verify cut.txt --key node.pem
say "what was added is named" is_refused $INVALID "added behind" verify added.txt --key node.pem
say "another node's key is named" is_refused $UNVERIFIED "names another key" verify proof.txt --key other.pem
say "another file is no proof" is_refused $INVALID "no proof" verify node.pem --key node.pem
say "a proof is no key" is_refused $INVALID "no Ed25519 public key" verify proof.txt --key proof.txt
say "OpenSSL's command line finds that it holds" holds_by_openssl
say "OpenSSL's command line gives the fingerprint that stands in it" has_the_fingerprint
say "OpenSSL's command line refuses the changed one" fails_by_openssl_when_changed
say "the QR picture holds the whole text" picture_is_the_text
say "the QR drawing holds the whole text" drawing_is_the_text
say "the QR code on the screen holds the whole text" screen_is_the_text
say "what was scanned is checked from standard input" scanned_holds
say "issued twice it is the same bytes" issue 1 first again.txt
say "to the last one" cmp proof.txt again.txt
say "the same person applies again, under another name" register "改名" "另一家有限公司" second
say "the later application has a proof of its own" issue 1 second later.txt
say "under the name given then" grep -qx '请求人: 改名' later.txt
say "the first proof is issued once more" issue 1 first again.txt
say "and is what it was" cmp proof.txt again.txt
say "a statement that a client sends along is not looked at" ignores_what_the_client_calls_the_statement
say "another office gets no proof" is_refused $FORBIDDEN "another office" \
    as stranger proof issue "$(<first)" --worker 1 --purpose "curiosity"
say "without a purpose there is none" is_refused $INVALID "purpose" as clerk proof issue "$(<first)" --worker 1
say "a worker who is not there has none" is_refused $UNKNOWN "no claim" \
    as clerk proof issue "$(<first)" --worker 3 --purpose "asked for by the worker"
say "the vault keeps neither names nor numbers in plain" keeps_nothing_in_plain
say "all chains hold and the logs give the tables" chains_and_tables_hold

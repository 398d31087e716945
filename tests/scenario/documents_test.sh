#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The documents say what the programs do: the tables of proto/README.md are the ones that `tiaojie help --contracts`
# prints, every example of the help parses, and what README.md tells people to type exists. No database is needed.
source "$(dirname "${BASH_SOURCE[0]}")/say.sh"

README=$TIAOJIE_ROOT/README.md
CONTRACTS=$TIAOJIE_ROOT/proto/README.md

has_the_program_s_tables() {
    diff <(sed -n '/<!-- contracts: begin -->/,/<!-- contracts: end -->/p' "$CONTRACTS" | sed '1,2d;$d' | sed '$d') \
        <("$TIAOJIE_BIN/tiaojie" help --contracts)
}

prints_the_same_tables_in_chinese() {
    diff <("$TIAOJIE_BIN/tiaojie" help --contracts) <(LC_ALL=C.UTF-8 LANGUAGE=zh_CN "$TIAOJIE_BIN/tiaojie" help --contracts)
}

helps_in_chinese() {
    local help
    help=$(LC_ALL=C.UTF-8 LANGUAGE=zh_CN "$TIAOJIE_BIN/tiaojie" help instalment paid)
    [[ $help == *登记某期付款* ]]
}

# Lines that README.md shows in its blocks of commands.
shown() {
    awk '/^```/ { block = $0 == "```sh"; next } block' "$README"
}

# Every name of a ./dev verb in README.md, in its text too, is one that ./dev lists.
has_every_verb() {
    local verb verbs usage
    usage=$("$TIAOJIE_ROOT/dev" 2>&1 || true)
    verbs=$(grep -oE '\./dev [a-z][a-z-]*' "$README" | cut -d ' ' -f 2 | sort -u)
    [[ $verbs == *demo* && $verbs == *test* ]]
    for verb in $verbs; do
        grep -qE "^  $verb +[^ ]" <<<"$usage" || die "./dev $verb is not a verb"
    done
}

# Files that the shown lines name, such as deploy/demo/wages. What a run makes stands in .work or build.
has_every_file() {
    local file files
    files=$(shown | grep -oE '(^| )(deploy|law|tests|proto|clients)/[A-Za-z0-9_./-]+' | tr -d ' ' | sort -u)
    [[ -n $files ]]
    for file in $files; do
        [[ -e $TIAOJIE_ROOT/$file ]] || die "$file is not there"
    done
}

# What a shown line asks of tiaojie: its words, without options, numbers and remark.
words_of() {
    sed -E 's/ +#.*//; s/^tiaojie( help)? ?//; s/ (--|[0-9]).*//' <<<"$1"
}

knows_every_shown_command() {
    local line count=0
    local -a words
    while read -r line; do
        read -ra words <<<"$(words_of "$line")"
        "$TIAOJIE_BIN/tiaojie" help "${words[@]}" >/dev/null || die "'$line' is no command"
        count=$((count + 1))
    done < <(shown | grep '^tiaojie ')
    ((count > 2))
}

# In the documents' text too: `tiaojie-admin key export`.
has_every_admin_command() {
    local usage command count=0
    usage=$("$TIAOJIE_BIN/tiaojie-admin" help)
    while read -r command; do
        grep -qE "^  $command( |\$)" <<<"$usage" || die "tiaojie-admin $command is no command"
        count=$((count + 1))
    done < <(grep -ohE '`tiaojie-admin [a-z]+( [a-z]+)?' "$TIAOJIE_ROOT"/*.md "$CONTRACTS" | sed 's/.*tiaojie-admin //' | grep -v '^help' | sort -u)
    ((count > 1))
}

# The other side of it: a word that is none is refused, so the checks above can fail.
refuses_an_unknown_command() {
    ! "$TIAOJIE_BIN/tiaojie" help instalment forgotten >/dev/null
}

say "proto/README.md has the tables that tiaojie help --contracts prints" has_the_program_s_tables
say "the tables are the same in every language" prints_the_same_tables_in_chinese
say "every example of tiaojie help parses" "$TIAOJIE_BIN/tiaojie" help --check
say "tiaojie helps in Chinese where the language is Chinese" helps_in_chinese
say "every ./dev verb that README.md names exists" has_every_verb
say "every file that README.md's commands name exists" has_every_file
say "tiaojie knows every command that README.md shows" knows_every_shown_command
say "tiaojie-admin has every command that the documents name" has_every_admin_command
say "a command that does not exist is refused by help" refuses_an_unknown_command

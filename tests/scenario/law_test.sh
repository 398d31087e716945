#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The law as the programs apply it: claims to the fen, dates counted twice, definitions that hold and broken ones that are
# found. Each is a script in tests/scenario/law whose last line is its figures; the last line here is all of them.
#
#     ./dev test law [--seed N]
source "$(dirname "${BASH_SOURCE[0]}")/say.sh"

PIECES=(claims dates definitions)

# One that ends badly without a word has failed all the same.
run_piece() {
    local name=$1 code=0 out=$TIAOJIE_WORK/$1.out
    shift
    mkdir "$TIAOJIE_WORK/$name"
    TIAOJIE_WORK=$TIAOJIE_WORK/$name "$TIAOJIE_ROOT/tests/scenario/law/$name.sh" "$@" | tee "$out" || code=$?
    if ((code)); then
        echo "not ok $name: the script ended with code $code"
    fi
}

# figure NAME PIECE: of the piece's last line; 0 where it has none.
figure() {
    local value
    value=$(tail -n 1 "$TIAOJIE_WORK/$2.out" | sed -nE "s/(^|.* )$1=([0-9]+)( .*|$)/\2/p")
    echo "${value:-0}"
}

pairs_match() {
    echo "$line"
    [[ $line =~ ^law\ sums=([1-9][0-9]*)\ matched=([0-9]+)\ dates=([1-9][0-9]*)\ matched=([0-9]+)\ definitions=[1-9][0-9]*\ broken=([1-9][0-9]*)\ found=([0-9]+)$ ]]
    local -a pairs=("${BASH_REMATCH[@]:1}")
    ((pairs[0] == pairs[1] && pairs[2] == pairs[3] && pairs[4] == pairs[5]))
}

for piece in "${PIECES[@]}"; do
    run_piece "$piece" "$@"
done
line="law sums=$(figure sums claims) matched=$(figure matched claims)"
line+=" dates=$(figure dates dates) matched=$(figure matched dates)"
line+=" definitions=$(figure definitions definitions) broken=$(figure broken definitions) found=$(figure found definitions)"
say "every sum and every date matched, every broken definition was found" pairs_match
echo "$line"

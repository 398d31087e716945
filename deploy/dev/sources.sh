# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
#
# Sources: which files are ours, by kind: one path a line, from the root of the clone.

sources_c() {
    (cd "$TIAOJIE_ROOT" && find . \( -name .git -o -name .work -o -name build -o -name node_modules \) -prune \
        -o -name '*.[ch]' -type f -print | sed 's|^\./||' | sort)
}

sources_shell() {
    (cd "$TIAOJIE_ROOT" && grep -rlE -m 1 '^#!.*\b(ba)?sh$|^# shellcheck shell=' dev .ci cmake deploy tests | sort)
}

# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
#
# Lint: what can be said of the sources without running them; each function prints its findings and fails on any.
# Needs strict.sh, sources.sh, catalogue.sh.

# Names the files; ./dev format mends them.
lint_format() {
    local unformatted
    unformatted=$(cd "$TIAOJIE_ROOT" && sources_c | xargs -r clang-format --dry-run 2>&1 | sed -n 's/:[0-9]*:[0-9]*: warning: .*//p' | sort -u)
    if [[ -n $unformatted ]]; then
        echo "$unformatted"
        return 1
    fi
}

lint_catalogue() {
    local po
    for po in "$TIAOJIE_ROOT"/po/*.po; do
        catalogue_complete "$po" || return 1
    done
}

lint_shell() {
    (cd "$TIAOJIE_ROOT" && sources_shell | xargs -r shellcheck --external-sources --exclude=SC1091)
}

# Needs the compile commands of build/clang.
lint_tidy() {
    (cd "$TIAOJIE_ROOT" && sources_c | grep '\.c$' |
        xargs -r -n 4 -P "$(nproc)" clang-tidy -p build/clang --quiet)
}

# Two of its checks don't fit here: an argument that a function fills in is taken for one that it reads, and the NULL that
# ends a list of arguments is a pointer on every system that this runs on.
lint_cppcheck() {
    (cd "$TIAOJIE_ROOT" && cppcheck --quiet --std=c11 --enable=warning,portability,performance --inline-suppr \
        --error-exitcode=1 --suppress=missingIncludeSystem --suppress=ctuuninitvar --suppress=varFuncNullUB \
        --suppress='*:build/*' -D_GNU_SOURCE -I . \
        -I build/clang/generated --file-list=<(sources_c | grep '\.c$'))
}

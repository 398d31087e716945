# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
#
# Catalogue: what people read, collected from the sources, and its translations under po/. Needs strict.sh, sources.sh.

# Writes every marked text of the sources into a template file. Without its date: the same sources give the same file.
catalogue_collect() {
    local output=$1
    (cd "$TIAOJIE_ROOT" && sources_c | grep -v '^tests/' | xgettext --files-from=- --output=- --force-po \
        --language=C --from-code=UTF-8 --keyword --keyword=N_ --keyword=_ --keyword=text_translate \
        --add-comments=Translators --add-location=file --sort-by-file --no-wrap --package-name=tiaojie) |
        sed '/^"POT-Creation-Date/d; s/; charset=CHARSET/; charset=UTF-8/' >"$output"
}

# Brings a translation up to date with a template, without guessing; what no source uses any more is dropped.
catalogue_merge() {
    local po=$1 template=$2 output=$3
    msgmerge --quiet --no-fuzzy-matching --no-wrap --sort-by-file --output-file=- "$po" "$template" |
        msgattrib --no-obsolete --no-wrap --sort-by-file --output-file="$output" -
}

# Every text of the sources is translated, none is in doubt, and placeholders are well-formed.
catalogue_complete() {
    local po=$1 work counts
    work=$(mktemp -d)
    catalogue_collect "$work/tiaojie.pot"
    catalogue_merge "$po" "$work/tiaojie.pot" "$work/merged.po"
    counts=$(LC_ALL=C msgfmt --check --statistics --output-file=/dev/null "$work/merged.po" 2>&1)
    if [[ $counts =~ untranslated|fuzzy ]]; then
        msgattrib --untranslated --no-wrap "$work/merged.po" | grep '^msgid "..*' || true
        msgattrib --only-fuzzy --no-wrap "$work/merged.po" | grep '^msgid "..*' || true
        echo "$(basename "$po"): $counts Refresh with ./dev text, then translate."
        rm -rf "$work"
        return 1
    fi
    rm -rf "$work"
}

# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
#
# Catalogue: what people read, collected from the sources, and its translations under po/. Needs strict.sh, sources.sh.

# Texts that xgettext can't find, as N_("...") lines: clients translate them under names that they take from descriptors
# and law files at run time. `#line` keeps the place that they came from.

# Fields of the contracts as labels ("amount_fen": "amount fen"; bytes are never shown) and values of enums as they are
# shown (ROLE_CLERK of Role: "clerk").
catalogue_labels() {
    local file
    for file in proto/*.proto; do
        echo "#line 1 \"$file\""
        sed 's|//.*||' "$file" | awk '
            function words(name) { gsub("_", " ", name); return name }
            /^ *enum / { values = 1; prefix = "" }
            /}/ { values = 0 }
            values && /^ *[A-Z_]+ *=/ {
                if (prefix == "") { prefix = $1; sub("[^_]*$", "", prefix) }
                else print "N_(\"" words(tolower(substr($1, length(prefix) + 1))) "\")"
            }
            !values && /^ *(repeated )?[A-Za-z0-9_.]+ [a-z0-9_]+ = [0-9]+;/ && $0 !~ /bytes / {
                sub(" *= [0-9]+;.*", "")
                print "N_(\"" words($NF) "\")"
            }'
    done
}

# What stands in procedures and base figures for people to read. A step's name is a command's and stays as it is typed.
catalogue_law() {
    local file
    for file in law/procedures/*.txtpb law/bases/*.txtpb; do
        echo "#line 1 \"$file\""
        sed '/^ *#/d' "$file" | awk '
            /^[a-z]+ \{/ { block = $1 }
            {
                while (match($0, /(name|kind|text|told|start|papers|fee|advice|[^_]by|expiry_text|article|series|source|sources): "[^"]*"/)) {
                    split(substr($0, RSTART, RLENGTH), part, "\"")
                    if (!(block == "steps" && part[1] == "name: "))
                        print "N_(\"" part[2] "\")"
                    $0 = substr($0, RSTART + RLENGTH)
                }
            }
            /}$/ { block = "" }'
    done
}

# Help lines of the services, and words that come as values of text fields (po/words).
catalogue_words() {
    local file
    for file in services/*/*.c; do
        echo "#line 1 \"$file\""
        awk '
            sub(/^ *\.(target_)?help = ?/, "") { text = "N_("; inside = 1 }
            inside && !/^ *("|$)/ { inside = 0 } # marked already
            inside { text = text $0 }
            inside && /",$/ { sub(/,$/, ")", text); print text; inside = 0 }' "$file"
    done
    echo '#line 1 "po/words"'
    sed -E '/^(#|$)/d; s/.*/N_("&")/' po/words
}

# Writes every text of the sources into a template file. Without its date: the same sources give the same file.
catalogue_collect() {
    local output=$1 found
    found=$(mktemp --suffix=.c)
    (
        cd "$TIAOJIE_ROOT" || exit
        { catalogue_labels; catalogue_law; catalogue_words; } >"$found"
        { sources_c | grep -v '^tests/' && echo "$found"; } | xgettext --files-from=- --output=- --force-po \
            --language=C --from-code=UTF-8 --keyword --keyword=N_ --keyword=_ --keyword=text_translate \
            --add-comments=Translators --add-location=file --sort-by-file --no-wrap --package-name=tiaojie
    ) | sed '/^"POT-Creation-Date/d; s/; charset=CHARSET/; charset=UTF-8/' >"$output"
    rm -f "$found"
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

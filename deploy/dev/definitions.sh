# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
#
# Definitions: law/procedures compiled and drawn, and the lists of days off compiled. Needs strict.sh; protoc; the program
# tiaojie-admin of a build.

# Standard input to standard output, from text to bytes.
definition_encode() {
    protoc --proto_path="$TIAOJIE_ROOT" --encode=tiaojie.Procedure proto/procedure.proto
}

calendar_encode() {
    protoc --proto_path="$TIAOJIE_ROOT" --encode=tiaojie.Calendar proto/procedure.proto
}

# definition_compile NAME OUTPUT: law/procedures/NAME.txtpb.
definition_compile() {
    definition_encode <"$TIAOJIE_ROOT/law/procedures/$1.txtpb" >"$2"
}

definition_names() {
    local file
    for file in "$TIAOJIE_ROOT"/law/procedures/*.txtpb; do
        basename "$file" .txtpb
    done
}

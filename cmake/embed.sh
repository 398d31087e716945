#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Writes a C array of embedded files (common/base/embedded.h) to standard output.
# Usage: embed.sh SYMBOL [FILE.sql ...], the files sorted by name.
set -eu

symbol=$1
shift

# A line becomes one string literal; ? is escaped because C17 has trigraphs. The last line gets its end if it has none.
as_literals() {
    awk 1 "$1" | sed 's/[\\"?]/\\&/g; s/\t/\\t/g; s/.*/        "&\\n"/'
}

printf '#include "common/base/embedded.h"\n\n#include <stddef.h>\n\n'
printf 'extern const struct embedded_file %s[];\n' "$symbol"
printf 'const struct embedded_file %s[] = {\n' "$symbol"
for file in "$@"; do
    printf '    {"%s",\n        ""\n' "$(basename "$file" .sql)"
    as_literals "$file"
    printf '    },\n'
done
printf '    {NULL, NULL},\n};\n'

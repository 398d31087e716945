/* SPDX-License-Identifier: Apache-2.0
 *
 * Must: the last line of a process whose OpenSSL does not work.
 */
#include "common/seal/must.h"

#include <openssl/err.h>
#include <stdio.h>
#include <stdlib.h>

void must(int result, const char *what)
{
    if (result == 1)
        return;
    fprintf(stderr, "OpenSSL cannot %s: %s\n", what, ERR_error_string(ERR_peek_last_error(), NULL));
    abort();
}

void *must_have(void *object, const char *what)
{
    must(object != NULL, what);
    return object;
}

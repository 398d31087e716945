/* SPDX-License-Identifier: Apache-2.0
 *
 * Signature key: from raw bytes to OpenSSL's keys. For signature.c only.
 */
#pragma once
#include "common/seal/signature.h"

#include <openssl/types.h>

/* A key for verifying, and with `secret` (SIGNATURE_SECRET_BYTES) for signing too. The caller frees it with
 * EVP_PKEY_free. NULL where the bytes are no key of the suite. */
EVP_PKEY *signature_pkey(const struct signature_public *public_key, const uint8_t *secret);

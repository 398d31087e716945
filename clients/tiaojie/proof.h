/* SPDX-License-Identifier: Apache-2.0
 *
 * Proof: checking one and printing its QR code, without a node: the file and the node's public key are all it takes.
 */
#pragma once
#include "clients/tiaojie/local.h"

extern const struct local PROOF_VERIFY, PROOF_QR;

/* SPDX-License-Identifier: Apache-2.0
 *
 * Exchange: signed envelopes and receipts between this node and others; evidence of both.
 *
 * Owns      link (sequences, gaps), conversation with its envelopes, incoming envelopes and receipts (affinity: link),
 *           all as they were signed; the socket that other nodes connect to.
 * Follows   referral ("referral sent", "referral accepted", "referral returned", "referral objected", "objection
 *           rejected", "referral answered", "referral decided"): what is to be delivered, and which stages are to be
 *           confirmed.
 * Refuses   an envelope of an unknown link, to another node, with a wrong signature or digest, from a clock more than
 *           5 s ahead, or expired; other bytes under a known id; to sign anything twice. It knows nothing of wages.
 *
 * One subject a file: envelope is what a signature covers and who may say it; post, take and receipt are the commands;
 * evidence and waiting answer questions; prepare verifies before a command is queued; links is the directory; wire
 * talks with other nodes, delivery decides when; conversation.h is what the rules share.
 */
#pragma once
#include "common/service.h"

struct preparer;

extern const struct service EXCHANGE;

/* Verifies what came from another node, and runs the thread that talks with it. */
extern const struct preparer EXCHANGE_PREPARER;

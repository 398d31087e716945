/* SPDX-License-Identifier: Apache-2.0
 *
 * Exchange: the service's description.
 */
#include "services/exchange/exchange.h"

#include "proto/referral.pb-c.h"
#include "services/exchange/conversation.h"

const struct table EXCHANGE_LINK = {"link", &exchange_rows__link__descriptor, false};
const struct table EXCHANGE_CONVERSATION = {"conversation", &exchange_rows__conversation__descriptor, false};
const struct table EXCHANGE_ENVELOPE = {"envelope", &exchange_rows__envelope__descriptor, true};
const struct table EXCHANGE_INCOMING = {"incoming", &exchange_rows__incoming__descriptor, true};
const struct table EXCHANGE_RECEIPT = {"receipt", &exchange_rows__receipt__descriptor, true};

static const struct table *const TABLES[] = {&EXCHANGE_LINK,     &EXCHANGE_CONVERSATION, &EXCHANGE_ENVELOPE,
                                             &EXCHANGE_INCOMING, &EXCHANGE_RECEIPT,      NULL};

static const struct command *const COMMANDS[] = {&ENVELOPE_POST, &ENVELOPE_SIGN, &ENVELOPE_TAKE, &RECEIPT_MAKE,
                                                 &RECEIPT_SIGN,  &RECEIPT_TAKE,  &RECEIPT_NOTE,  NULL};

static const struct event *const EVENTS[] = {&ENVELOPE_POSTED, &ENVELOPE_SIGNED, &ENVELOPE_TAKEN, &RECEIPT_MADE,
                                             &RECEIPT_SIGNED,  &RECEIPT_TAKEN,   &RECEIPT_NOTED,  NULL};

static const struct question *const QUESTIONS[] = {&EXCHANGE_SHOW, &EXCHANGE_WAITING, &EXCHANGE_FIND, NULL};

static const struct follow FOLLOWS[] = {
    {"referral", "referral sent", &referral__sent__descriptor, sent_derive},
    {"referral", "referral accepted", &referral__accepted__descriptor, accepted_derive},
    {"referral", "referral returned", &referral__returned__descriptor, returned_derive},
    {"referral", "referral objected", &referral__objected__descriptor, objected_derive},
    {"referral", "objection rejected", &referral__rejected__descriptor, rejected_derive},
    {"referral", "referral answered", &referral__answered__descriptor, answered_derive},
    {"referral", "referral decided", &referral__decided__descriptor, decided_derive},
    {0},
};

const struct service EXCHANGE = {
    .name = "exchange",
    .number = 6,
    .help = "signed envelopes and receipts between nodes",
    .holds_keys = true,
    .tables = TABLES,
    .commands = COMMANDS,
    .events = EVENTS,
    .questions = QUESTIONS,
    .follows = FOLLOWS,
};

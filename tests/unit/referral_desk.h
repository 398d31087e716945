/* SPDX-License-Identifier: Apache-2.0
 *
 * Referral desk: what tests of referrals share: an office that sends and receives, and what the other side says.
 */
#pragma once
#include "services/referral/handover.h"
#include "tests/unit/stage.h"

enum { OFFICE = 7 };

/* Rows of the shipped procedure's clocks. */
enum { ACCEPT_CLOCK = 1000, OBJECT_CLOCK = 2000, KEPT_CLOCK = 3000, DECIDE_CLOCK = 4000 };

/* The exchange's ids are hashes. */
#define EVIDENCE ((UINT64_C(1) << 50) + 3)

/* The body of a `referral send` to nanshan, as JSON with single quotes. */
extern const char SEND[];

/* It is Monday 2026-03-02; a clerk of OFFICE sends. *state is a struct stage. */
int desk_up(void **state);
int desk_down(void **state);

#define DESK_TEST(name) cmocka_unit_test_setup_teardown(name, desk_up, desk_down)

const ReferralRows__Referral *the_referral(struct stage *stage, uint64_t id);

/* A part of this type ("referral", "outcome") comes from hrss, sealed for this node already. */
enum status when_envelope_comes(struct stage *stage, const char *conversation, ProtobufCBinaryData part,
                                const char *type);
ProtobufCBinaryData referral_part(struct stage *stage);
ProtobufCBinaryData outcome_part(struct stage *stage);

/* A referral that came from hrss, and ones that this office sent to nanshan and to hrss; the id. */
uint64_t given_received(struct stage *stage);
uint64_t given_sent(struct stage *stage);
uint64_t given_sent_to_hrss(struct stage *stage);

/* The link's other side signs a stage of what was sent, with a text or without. */
enum status when_receipt_says(struct stage *stage, uint64_t source, const char *link, const char *reached,
                              const char *text);
enum status when_receipt_comes(struct stage *stage, uint64_t source, const char *link, const char *reached);

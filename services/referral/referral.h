/* SPDX-License-Identifier: Apache-2.0
 *
 * Referral: the business life of what one department hands to another: sent or received, accepted or returned,
 * answered, decided.
 *
 * Owns      referral with its stages (affinity: office), outgoing and incoming.
 * Follows   exchange ("envelope taken", "receipt taken"), mediation ("case closed") and intake ("application refused"):
 *           how the dispute that came of a referral ended.
 * Refuses   to send what is personal otherwise than sealed for the other node; a stage or an outcome from another node
 *           than the referral went to; to answer before the dispute has ended; to accept or return what is objected to
 *           as wrongly passed, before the common superior has decided.
 *
 * One subject a file: send, receive, answer (accept, return, answer), objection (object, uphold, reject), stage (what
 * the other side says), list; handover.h is what they share.
 */
#pragma once
#include "common/service.h"

extern const struct service REFERRAL;

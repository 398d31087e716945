/* SPDX-License-Identifier: Apache-2.0
 *
 * Mediation: cases from opening to their end: consent, sessions, agreement, performance, the case page.
 *
 * Owns      case with its claims, parties, sessions, instalments, chosen routes and sealed papers (affinity: office),
 * the office's case numbers without gaps, the clocks of a case. Follows   intake ("application accepted" opens a case)
 * and assignment ("assignment accepted" sets the mediator). Refuses   to go on without the respondent's consent
 * (People's Mediation Law 17), to sign a draft that names a worker who stays outside, to close while money is open or a
 * worker outside was not told his routes (26). It judges by the case's procedure, which is data; what stands here is
 * only what no procedure can say.
 *
 * One subject a file: open, assign, consent, session, draft, assent, signing, instalment, clock, routes (what is told),
 * route_choose, guest, told, close, reopen; show, list, warn, route_list and claim answer questions; case.h is what
 * they share. enforcement.h judges the ways from an agreement to its enforcement.
 */
#pragma once
#include "common/service.h"

extern const struct service MEDIATION;

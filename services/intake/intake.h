/* SPDX-License-Identifier: Apache-2.0
 *
 * Intake: applications for mediation, whatever the channel, until an office accepts or refuses them.
 *
 * Owns      application with its claims, parties and papers (affinity: office), the office's numbers without gaps, its
 *           checklists, who applied against whom.
 * Follows   referral ("referral accepted" registers an application) and mediation ("case opened", "case closed": until
 * then a second application of the same worker against the same respondent is a double). Refuses   amounts that are
 * none, a kind of dispute without a procedure in force, doubles in an office, a second request for papers, and to
 * accept while papers are missing.
 *
 * One subject a file: dispute checks what was told, papers what is wanted; register, supplement, accept and course are
 * the commands; show and checklist answer questions; application.h is what they share.
 */
#pragma once
#include "common/service.h"

extern const struct service INTAKE;

/* SPDX-License-Identifier: Apache-2.0
 *
 * Intake's office: what tests of intake share: an office with two short procedures, and what people tell it.
 */
#pragma once
#include "services/intake/application.h"
#include "tests/unit/stage.h"

enum { OFFICE = 7, OTHER_OFFICE = 8, ACCEPT_CLOCK = 1000, SUPPLEMENT_CLOCK = 2000 };

/* It is 2025-03-03; a clerk of OFFICE sends. */
struct stage *office_stage(void);

Tiaojie__Sealed *intake_sealed(struct stage *stage, const char *text, uint64_t subject);
Tiaojie__Person *intake_person(struct stage *stage, uint64_t id);
Intake__Party *intake_party(struct stage *stage, Intake__PartyRole role, const char *name);

/* `count` workers, persons `first`, `first` + 1 and so on, against one organisation, with all papers that the default
 * wants; or from person 100 on, the first `representatives` of them speaking for the others. */
Intake__Register *intake_application(struct stage *stage, uint64_t first, size_t count);
Intake__Register *intake_represented(struct stage *stage, size_t claims, size_t representatives);

/* Registers it at OFFICE and returns its id. */
uint64_t intake_registered(struct stage *stage, const Intake__Register *body);
/* It is refused, and nothing changes. */
void intake_refused(struct stage *stage, const Intake__Register *body, enum status status, const char *field,
                    const char *words);

const IntakeRows__Application *intake_row(struct stage *stage, uint64_t id);

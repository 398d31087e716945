/* SPDX-License-Identifier: Apache-2.0
 *
 * Fault: the table.
 */
#include "common/store/fault.h"

#include <stdio.h>
#include <string.h>

/* PostgreSQL 15, appendix A. The last line fits everything. */
static const struct fault_meaning MEANINGS[] = {
    {"22", FAULT_DATA, INVALID, N_("the database cannot store a value (%1)"), N_("shorten or correct the value")},
    {"23505", FAULT_DATA, INVALID, N_("the same thing exists already (%2)"), N_("use the one that exists")},
    {"23503", FAULT_DATA, INVALID, N_("what it refers to does not exist (%2)"),
     N_("create it first, or correct the number")},
    {"23", FAULT_DATA, INVALID, N_("the value breaks a rule of the table (%2)"), N_("correct the value")},
    {"54", FAULT_DATA, INVALID, N_("a value is too long for its index or row (%1)"), N_("shorten the value")},
    {"40", FAULT_AGAIN, UNAVAILABLE, N_("the database gave way to another transaction (%1)"), N_("try again")},
    {"08", FAULT_AWAY, UNAVAILABLE, N_("the connection to the database was lost (%1)"), N_("try again later")},
    {"25006", FAULT_AWAY, UNAVAILABLE, N_("the database is read-only (%1)"), N_("try again later")},
    {"53", FAULT_AWAY, UNAVAILABLE, N_("the database has no room or memory left (%1)"), N_("try again later")},
    {"55", FAULT_AWAY, UNAVAILABLE, N_("the database is not ready (%1)"), N_("try again later")},
    {"57", FAULT_AWAY, UNAVAILABLE, N_("the database stopped the work (%1)"), N_("try again later")},
    {"58", FAULT_AWAY, UNAVAILABLE, N_("the database's system failed (%1)"), N_("try again later")},
    {"", FAULT_OURS, BROKEN, N_("the database refused a statement (%1 %2)"),
     N_("compare the schema with the program's version and look at the log")},
};

const struct fault_meaning *fault_meaning(const struct pg_fault *fault)
{
    const struct fault_meaning *meaning = MEANINGS;
    while (strncmp(fault->state, meaning->prefix, strlen(meaning->prefix)) != 0)
        meaning++;
    return meaning;
}

bool fault_is_fence(const struct pg_fault *fault)
{
    /* On Citus a shard's constraint carries the shard's number behind the name. */
    return strcmp(fault->state, "23505") == 0 && strncmp(fault->constraint, "entry_pkey", strlen("entry_pkey")) == 0;
}

const char *fault_keep(const char *text)
{
    enum { KEPT = 8, KEPT_SIZE = 200 };
    static _Thread_local char texts[KEPT][KEPT_SIZE];
    static _Thread_local unsigned next;
    char *kept = texts[next++ % KEPT];
    snprintf(kept, KEPT_SIZE, "%s", text);
    return kept;
}

enum status fault_refuse(const struct pg_fault *fault, struct refusal *refusal)
{
    const struct fault_meaning *meaning = fault_meaning(fault);
    const char *what = fault->constraint[0] ? fault->constraint : fault->column[0] ? fault->column : fault->table;
    const char *named = meaning->kind == FAULT_OURS && !what[0] ? fault->message : what;
    const char *field = meaning->kind != FAULT_DATA ? "database" : what[0] ? what : "body";
    return refuse_with(refusal, meaning->status, fault_keep(field), meaning->reason, meaning->remedy,
                       fault_keep(fault->state), fault_keep(named));
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * Admin: what an operator does at the node's own machine: making the node, offices, principals, rules, links; audit.
 *
 * Owns      schema node (it alone writes offices, principals, procedures, calendars, bases, links), as the role
 * NODE_node.
 *
 * Refuses   anything over the network: who may run it has the database and the key folder anyway. Cases are never
 * touched: what changes them are commands through the gateway.
 */
#pragma once
#include "common/base/arena.h"
#include "common/base/conf.h"
#include "common/base/refusal.h"

#include <libpq-fe.h>

enum { ADMIN_OPTIONS_MAX = 16, ADMIN_WORDS_MAX = 256 };

struct admin_option {
    const char *name; /* without dashes */
    const char *value;
};

struct admin {
    struct arena *arena;
    struct refusal refusal;
    struct conf *conf;
    const char *node;
    PGconn *database; /* the node's, as NODE_node; opened by database_open */
    struct admin_option options[ADMIN_OPTIONS_MAX];
    size_t option_count;
    const char *words[ADMIN_WORDS_MAX]; /* after the verb's own */
    size_t word_count;
    int argument_count; /* as given, for what is passed on */
    char **arguments;
    bool bad; /* an audit found something: exit code 1 */
};

struct verb {
    const char *name;    /* words as typed: "principal add" */
    const char *options; /* names that it knows, with spaces between: "conf name roles" */
    const char *flags;   /* the same for those that take no value; NULL: none */
    const char *words;   /* what may follow: "FILE ..."; "": nothing */
    const char *help;
    enum status (*run)(struct admin *admin);
};

extern const struct verb VERB_NODE_INIT, VERB_NODE_READY, VERB_OFFICE_ADD, VERB_OFFICE_LIST, VERB_PRINCIPAL_ADD,
    VERB_PRINCIPAL_REVOKE, VERB_PRINCIPAL_LIST, VERB_KEY_MAKE, VERB_KEY_EXPORT, VERB_PROCEDURE_LOAD, VERB_CALENDAR_LOAD,
    VERB_BASE_LOAD, VERB_LINK_ADD, VERB_LINK_LIST, VERB_LOG_VERIFY, VERB_LOG_COUNT, VERB_LOG_REPLAY, VERB_MEDIATOR_ADD,
    VERB_MEDIATOR_LEAVE, VERB_TIME_SET, VERB_NODE_KEY, VERB_PROCEDURE_CHECK, VERB_PROCEDURE_DRAW, VERB_PROCEDURE_WALK,
    VERB_PROCEDURE_MIGRATE;

/* An option's value; NULL when it was not given. */
const char *admin_option(const struct admin *admin, const char *name);

/* The same for one that must be there: INVALID names it. */
MUST_CHECK enum status admin_need(struct admin *admin, const char *name, const char **value);

/* A whole number from low to high; `fallback` when the option was not given. */
MUST_CHECK enum status admin_number(struct admin *admin, const char *name, uint64_t low, uint64_t high,
                                    uint64_t fallback, uint64_t *number);

/* Reads --conf (or TIAOJIE_CONF). Business time follows it. */
MUST_CHECK enum status admin_conf(struct admin *admin);

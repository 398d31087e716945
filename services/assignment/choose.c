/* SPDX-License-Identifier: Apache-2.0
 *
 * Choose: the criteria and the choice.
 */
#include "services/assignment/choose.h"

#include "common/base/arena.h"
#include "common/base/instant.h"
#include "common/base/lines.h"
#include "common/base/text.h"

static struct choose_finding finding(enum choose_verdict verdict, const char *reason, const char *first,
                                     const char *second)
{
    return (struct choose_finding){
        .verdict = verdict,
        .reason = reason,
        .values = {first, second},
        .value_count = first == NULL    ? 0U
                       : second == NULL ? 1U
                                        : 2U,
    };
}

/* The opponent that he worked for, NULL when there is none. */
static const struct choose_opponent *employer(const struct choose_candidate *candidate,
                                              const struct choose_case *wanted)
{
    for (size_t i = 0; i < wanted->opponent_count; i++) {
        const struct choose_opponent *opponent = &wanted->opponents[i];
        if (lines_have(candidate->employer_codes, opponent->credit_code) ||
            lines_have(candidate->employer_names, opponent->name))
            return opponent;
    }
    return NULL;
}

struct choose_finding choose_judge(const struct choose_candidate *candidate, const struct choose_case *wanted,
                                   struct arena *arena)
{
    const struct choose_opponent *opponent = employer(candidate, wanted);
    const char *load = text_print(arena, "%u", (unsigned)candidate->load);
    char day[DAY_TEXT];

    if (candidate->declined)
        return finding(CHOOSE_DECLINED, N_("declined this case"), NULL, NULL);
    if (opponent)
        return finding(CHOOSE_CONFLICT, N_("conflict: worked for %1, a party of this case"),
                       opponent->name[0] != '\0' ? opponent->name : opponent->credit_code, NULL);
    if (!lines_have(candidate->kinds, wanted->kind))
        return finding(CHOOSE_EXPERTISE, N_("lacks the expertise for %1"), wanted->kind, NULL);
    if (wanted->language[0] != '\0' && !lines_have(candidate->languages, wanted->language))
        return finding(CHOOSE_LANGUAGE, N_("does not speak %1"), wanted->language, NULL);
    if (candidate->leave_from != 0 && candidate->leave_from <= wanted->today && wanted->today <= candidate->leave_until)
        return finding(CHOOSE_LEAVE, N_("on leave until %1"),
                       arena_text(arena, day_format(candidate->leave_until, day)), NULL);
    if (candidate->load >= candidate->limit)
        return finding(CHOOSE_LIMIT, N_("at his limit: %1 of %2 cases"), load,
                       text_print(arena, "%u", (unsigned)candidate->limit));
    return finding(CHOOSE_ELIGIBLE, N_("eligible with %1 of %2 cases"), load,
                   text_print(arena, "%u", (unsigned)candidate->limit));
}

static bool lighter(const struct choose_candidate *a, const struct choose_candidate *b)
{
    return a->load != b->load ? a->load < b->load : a->idle_since < b->idle_since;
}

size_t choose_lightest(const struct choose_candidate *candidates, const struct choose_finding *findings, size_t count)
{
    size_t chosen = count;

    for (size_t i = 0; i < count; i++)
        if (findings[i].verdict == CHOOSE_ELIGIBLE && (chosen == count || lighter(&candidates[i], &candidates[chosen])))
            chosen = i;
    return chosen;
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * Form: what no claim can have, found by the contract's own names: amounts end with `_fen`, days with `_day`,
 * quantities with `_hundredths`, counts of days with `_days`.
 */
#include "common/base/amount.h"
#include "common/base/instant.h"
#include "common/claim/counting.h"
#include "common/net/scan.h"

#include <string.h>

enum {
    HUNDREDTHS_MAX = 100000000,
    DAYS_MAX = 36600,
    LIST_MAX = 400,
    DAY_YEAR_MIN = 1900
}; /* an answer has to fit a frame */

static bool ends_with(const char *text, const char *end)
{
    const size_t a = strlen(text), b = strlen(end);

    return a >= b && strcmp(text + a - b, end) == 0;
}

static void check_amount(struct counting *counting, const char *field, int64_t fen)
{
    struct refusal refusal;

    if (fen != 0 && amount_check(fen, field, &refusal) != OK)
        counting_refuse(counting, field, refusal.reason, refusal.remedy);
}

static void check_day(struct counting *counting, const char *field, int32_t day)
{
    const int32_t first = day_from_date((struct date){DAY_YEAR_MIN, 1, 1});
    const int32_t last = day_from_date((struct date){BASES_YEAR_MAX, 12, 31});

    if (day != 0 && (day < first || day > last))
        counting_refuse(counting, field, N_("the day lies before 1900 or after 2199"), N_("check the date"));
}

static void check_number(struct counting *counting, const char *field, uint32_t value)
{
    if (value > HUNDREDTHS_MAX || (ends_with(field, "_days") && value > DAYS_MAX))
        counting_refuse(counting, field, N_("the number is too large to be true"),
                        N_("check the unit: quantities are hundredths"));
}

static void check_enum(struct counting *counting, const ProtobufCFieldDescriptor *field, int value)
{
    if (!protobuf_c_enum_descriptor_get_value(field->descriptor, value))
        counting_refuse(counting, field->name, N_("this value is not known"),
                        N_("write one of the names of proto/claim.proto"));
}

static void check_value(struct counting *counting, const ProtobufCFieldDescriptor *field, const void *value)
{
    switch (field->type) {
    case PROTOBUF_C_TYPE_INT64:
        check_amount(counting, field->name, *(const int64_t *)value);
        break;
    case PROTOBUF_C_TYPE_INT32:
        check_day(counting, field->name, *(const int32_t *)value);
        break;
    case PROTOBUF_C_TYPE_UINT32:
        check_number(counting, field->name, *(const uint32_t *)value);
        break;
    case PROTOBUF_C_TYPE_ENUM:
        check_enum(counting, field, *(const int *)value);
        break;
    case PROTOBUF_C_TYPE_MESSAGE:
        if (*(const ProtobufCMessage *const *)value)
            form_check(counting, *(const ProtobufCMessage *const *)value);
        break;
    default:
        break;
    }
}

void form_check(struct counting *counting, const ProtobufCMessage *message)
{
    for (unsigned i = 0; i < message->descriptor->n_fields; i++) {
        const ProtobufCFieldDescriptor *field = &message->descriptor->fields[i];
        const char *at = (const char *)message + field->offset;
        const char *quantifier = (const char *)message + field->quantifier_offset;
        size_t count = 1;
        if ((field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF) && *(const uint32_t *)quantifier != field->id)
            continue;
        if (field->label == PROTOBUF_C_LABEL_REPEATED) {
            count = *(const size_t *)quantifier;
            at = *(const char *const *)at;
        }
        if (count > LIST_MAX)
            counting_refuse(counting, field->name, N_("more than 400 in one list"), N_("ask in several parts"));
        for (size_t k = 0; k < count && k < LIST_MAX; k++)
            check_value(counting, field, at + k * scan_element_size(field->type));
    }
}

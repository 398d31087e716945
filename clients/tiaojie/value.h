/* SPDX-License-Identifier: Apache-2.0
 *
 * Value: one field of a contract as people read it: days, moments, amounts, names.
 *
 * By the contracts' naming: `_at` is a moment, `_day`, `_on`, `from` and `until` of 32 bits a day, `_fen` an amount.
 */
#pragma once
#include "common/base/arena.h"
#include "common/base/text.h"

#include <protobuf-c/protobuf-c.h>
#include <stdbool.h>
#include <stdint.h>

struct value {
    bool known; /* false: nothing to be shown, such as a default */
    const char *text;
};

/* "amount fen" of amount_fen, translated where the catalogue has it. */
const char *value_label(struct arena *arena, const char *field_name);

/* How many values a field has: elements, or 0 and 1. */
size_t value_count(const ProtobufCMessage *message, const ProtobufCFieldDescriptor *field);
const ProtobufCMessage *value_inner(const ProtobufCMessage *message, const ProtobufCFieldDescriptor *field, size_t i);

struct value value_scalar(struct arena *arena, const ProtobufCMessage *message, const ProtobufCFieldDescriptor *field,
                          size_t i);
struct value value_day(struct arena *arena, int32_t day);

/* tiaojie.Sealed and tiaojie.Person have a text of their own; other messages don't. */
struct value value_message(struct arena *arena, const ProtobufCMessage *message);

/* SPDX-License-Identifier: Apache-2.0
 *
 * Days, as tests write and compare them: "2026-05-08".
 */
#pragma once
#include <stdint.h>

/* Fails the test where there is no such day. */
int32_t day(const char *text);
void assert_day(int32_t found, const char *expected);

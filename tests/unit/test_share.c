/* SPDX-License-Identifier: Apache-2.0
 *
 * Who should have which partition: fair to within one, the same for everybody, and little moves when a process goes.
 */
#include "common/runtime/share.h"

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

enum { PROCESSES = 7, PARTITIONS = 256 };

static char names[PROCESSES][24];
static const char *processes[PROCESSES];

static int set_up(void **state)
{
    (void)state;
    for (size_t i = 0; i < PROCESSES; i++) {
        snprintf(names[i], sizeof names[i], "mediation-%zu-7f", 4100 + i * 37);
        processes[i] = names[i];
    }
    return 0;
}

static void test_each_process_has_its_part_to_within_one(void **state)
{
    (void)state;
    for (size_t n = 1; n <= PROCESSES; n++) {
        for (uint32_t partitions = 1; partitions <= PARTITIONS; partitions *= 2) {
            size_t owners[PARTITIONS], counts[PROCESSES] = {0};
            share_partitions(processes, n, partitions, owners);
            for (uint32_t p = 0; p < partitions; p++) {
                assert_true(owners[p] < n);
                counts[owners[p]]++;
            }
            for (size_t i = 0; i < n; i++)
                assert_in_range(counts[i], partitions / n, (partitions + n - 1) / n);
        }
    }
}

static void test_the_order_in_which_processes_are_known_does_not_matter(void **state)
{
    (void)state;
    const char *turned[PROCESSES];
    size_t owners[PARTITIONS], of_turned[PARTITIONS];
    for (size_t i = 0; i < PROCESSES; i++)
        turned[i] = processes[PROCESSES - 1 - i];
    share_partitions(processes, PROCESSES, PARTITIONS, owners);
    share_partitions(turned, PROCESSES, PARTITIONS, of_turned);
    for (uint32_t p = 0; p < PARTITIONS; p++)
        assert_string_equal(processes[owners[p]], turned[of_turned[p]]);
}

static void test_when_one_of_four_goes_most_of_what_the_others_have_stays(void **state)
{
    (void)state;
    size_t before[PARTITIONS], after[PARTITIONS];
    unsigned stayed = 0;
    share_partitions(processes, 4, PARTITIONS, before);
    share_partitions(processes, 3, PARTITIONS, after);
    for (uint32_t p = 0; p < PARTITIONS; p++)
        stayed += before[p] < 3 && before[p] == after[p];
    assert_in_range(stayed, PARTITIONS * 3 / 4 * 2 / 3, PARTITIONS * 3 / 4);
}

static void test_processes_with_other_names_share_otherwise(void **state)
{
    (void)state;
    size_t these[PARTITIONS], others[PARTITIONS];
    share_partitions(processes, 2, PARTITIONS, these);
    share_partitions(processes + 2, 2, PARTITIONS, others);
    assert_memory_not_equal(these, others, sizeof these);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_each_process_has_its_part_to_within_one, set_up),
        cmocka_unit_test_setup(test_the_order_in_which_processes_are_known_does_not_matter, set_up),
        cmocka_unit_test_setup(test_when_one_of_four_goes_most_of_what_the_others_have_stays, set_up),
        cmocka_unit_test_setup(test_processes_with_other_names_share_otherwise, set_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * Command line: the program itself, started as a person would, without a node: what it says before anything is sent.
 */
#include <cmocka.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { OUTPUT_SIZE = 65536, EXIT_LINE = 2, EXIT_INVALID = 11, EXIT_TOO_LARGE = 22 };

static char output[OUTPUT_SIZE]; /* of the last run, both streams */

/* The build leaves programs in bin, tests in tests/unit. */
static int run(const char *arguments)
{
    char path[PATH_MAX], command[2 * PATH_MAX];
    ssize_t size = readlink("/proc/self/exe", path, sizeof path - 1);

    assert_true(size > 0);
    path[size] = '\0';
    *strrchr(path, '/') = '\0';
    snprintf(command, sizeof command, "unset TIAOJIE_PROFILE; LC_ALL=C %s/../../bin/tiaojie 2>&1 %s", path, arguments);
    FILE *pipe = popen(command, "r");
    assert_non_null(pipe);
    output[fread(output, 1, OUTPUT_SIZE - 1, pipe)] = '\0';
    int status = pclose(pipe);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

static void assert_says(const char *text)
{
    if (!strstr(output, text))
        fail_msg("\"%s\" is not in:\n%s", text, output);
}

static void test_every_example_in_the_help_is_understood(void **state)
{
    (void)state;
    assert_int_equal(run("help --check"), 0);
    assert_says(" bad=0\n");
}

static void test_help_shows_every_command_of_the_story_and_the_exit_codes(void **state)
{
    const char *const names[] = {"application register OFFICE",
                                 "case show CASE",
                                 "assignment propose",
                                 "session record",
                                 "agreement seal",
                                 "instalment paid",
                                 "referral accept",
                                 "person open",
                                 "13  conflict"};

    (void)state;
    assert_int_equal(run("help"), 0);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        assert_says(names[i]);
}

static void test_help_for_a_command_shows_its_fields_roles_and_an_example(void **state)
{
    (void)state;
    assert_int_equal(run("help instalment paid"), 0);
    assert_says("--amount_fen");
    assert_says("roles: clerk");
    assert_says("example: tiaojie instalment paid");
}

static void test_what_only_processes_send_is_not_in_the_help(void **state)
{
    (void)state;
    assert_int_equal(run("help"), 0);
    assert_null(strstr(output, "clock fire"));
}

static void test_a_mistyped_command_is_answered_with_what_is_near(void **state)
{
    (void)state;
    assert_int_equal(run("instalment payed 1025"), EXIT_LINE);
    assert_says("near to it: instalment paid;");
}

static void test_a_mistyped_field_is_answered_with_what_is_near(void **state)
{
    (void)state;
    assert_int_equal(run("instalment paid 1025 --ordnal 1"), EXIT_LINE);
    assert_says("--ordnal: ");
    assert_says("possible: --ordinal;");
}

static void test_a_value_is_refused_with_the_name_of_its_field(void **state)
{
    (void)state;
    assert_int_equal(run("instalment paid 1025 --ordinal one"), EXIT_INVALID);
    assert_says("ordinal: ");
    assert_int_equal(run("instalment paid 1025 --received-at 2026-02-30T09:00:00+08:00"), EXIT_INVALID);
    assert_says("received_at: ");
    assert_int_equal(run("instalment paid 1025 --ordinal"), EXIT_LINE);
    assert_says("--ordinal: its value is missing");
}

static void test_days_moments_and_both_spellings_of_a_name_are_understood(void **state)
{
    (void)state;
    run("instalment paid 1025 --received-at 2026-05-31T23:59:00+08:00 --amount-fen=5 --ordinal 1");
    assert_says("profile: ");
    run("instalment paid 1025 --received_at 2026-05-31T23:59:00+08:00 --amount_fen 5");
    assert_says("profile: ");
}

static void test_dates_in_a_json_file_are_understood_and_wrong_ones_are_named(void **state)
{
    (void)state;
    run("instalment paid 1025 --from - <<X\n{\"ordinal\": 1, \"received_at\": \"2026-05-31T23:59:00+08:00\"}\nX\n");
    assert_says("profile: ");
    assert_int_equal(run("instalment paid 1025 --from - <<X\n{\"received_at\": \"2026-13-31T23:59:00+08:00\"}\nX\n"),
                     EXIT_INVALID);
    assert_says("received_at: ");
}

static void test_a_target_that_is_no_number_or_a_second_one_is_refused(void **state)
{
    (void)state;
    run("case show x1");
    assert_says("x1: ");
    run("case show 1025 1026");
    assert_says("1026: ");
}

static void test_a_refusal_as_json_is_one_object(void **state)
{
    (void)state;
    assert_int_equal(run("--json instalment paid 1025 --ordinal one"), EXIT_INVALID);
    assert_int_equal(output[0], '{');
    assert_says("\"status\": \"invalid\"");
    assert_says("\"field\": \"ordinal\"");
}

static void test_a_proof_is_checked_without_profile_or_node(void **state)
{
    (void)state;
    assert_int_equal(run("proof verify README.md --key README.md"), EXIT_INVALID);
    assert_says("--key: it is no Ed25519 public key in PEM");
    assert_int_equal(run("help proof verify"), 0);
    assert_says("example: tiaojie proof verify proof.txt --key node.pem");
}

static void test_what_a_check_of_a_proof_lacks_is_named(void **state)
{
    (void)state;
    assert_int_equal(run("proof verify README.md"), EXIT_LINE);
    assert_says("--key: this option is missing");
    assert_int_equal(run("proof verify --key node.pem"), EXIT_LINE);
    assert_says("one file is wanted");
    assert_int_equal(run("proof verify README.md LICENSE --key node.pem"), EXIT_LINE);
    assert_says("LICENSE: this word is too many");
    assert_int_equal(run("proof verify README.md --kye node.pem"), EXIT_LINE);
    assert_says("possible: --key");
}

static void test_what_fits_into_no_qr_code_is_refused(void **state)
{
    (void)state;
    assert_int_equal(run("proof qr LICENSE"), EXIT_TOO_LARGE);
    assert_says("the largest QR code holds 2953");
    assert_int_equal(run("proof qr deploy/packages.txt --out picture.png"), EXIT_INVALID);
    assert_says(".svg or .pbm");
}

static void test_only_an_answer_that_is_a_text_can_be_saved(void **state)
{
    (void)state;
    assert_int_equal(run("case show 1025 --save case.txt"), EXIT_INVALID);
    assert_says("--save: its answer is no text");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_example_in_the_help_is_understood),
        cmocka_unit_test(test_help_shows_every_command_of_the_story_and_the_exit_codes),
        cmocka_unit_test(test_help_for_a_command_shows_its_fields_roles_and_an_example),
        cmocka_unit_test(test_what_only_processes_send_is_not_in_the_help),
        cmocka_unit_test(test_a_mistyped_command_is_answered_with_what_is_near),
        cmocka_unit_test(test_a_mistyped_field_is_answered_with_what_is_near),
        cmocka_unit_test(test_a_value_is_refused_with_the_name_of_its_field),
        cmocka_unit_test(test_days_moments_and_both_spellings_of_a_name_are_understood),
        cmocka_unit_test(test_dates_in_a_json_file_are_understood_and_wrong_ones_are_named),
        cmocka_unit_test(test_a_target_that_is_no_number_or_a_second_one_is_refused),
        cmocka_unit_test(test_a_refusal_as_json_is_one_object),
        cmocka_unit_test(test_a_proof_is_checked_without_profile_or_node),
        cmocka_unit_test(test_what_a_check_of_a_proof_lacks_is_named),
        cmocka_unit_test(test_what_fits_into_no_qr_code_is_refused),
        cmocka_unit_test(test_only_an_answer_that_is_a_text_can_be_saved),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * Proof: what a statement says, that it is made once, and that a changed one is refused with what is wrong.
 */
#include "common/base/instant.h"
#include "common/seal/node_keys.h"
#include "common/seal/signature_pem.h"
#include "common/seal/statement.h"
#include "proto/intake.pb-c.h"
#include "services/vault/proof.h"
#include "tests/unit/stage.h"

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

enum { OFFICE = 7, CLERK = 1u << TIAOJIE__ROLE__ROLE_CLERK };

static const uint64_t APPLICATION = 1024 * 256 + 3, LATER = 2048 * 256 + 3;
static const char NAME[] = "阿卜杜拉·\xf0\xa0\xae\xb7"; /* U+00B7, and U+20BB7 of four bytes */
static const char NUMBER[] = "53292519650107768X";

/* ---- a vault ---- */

static struct node_keys keys;

static void take_signing_key(uint8_t byte)
{
    uint8_t secret[SIGNATURE_SECRET_BYTES];

    memset(secret, byte, sizeof secret);
    assert_int_equal(signature_key_read(SIGNATURE_ED25519, (ProtobufCBinaryData){sizeof secret, secret}, &keys.signing),
                     OK);
}

static struct stage *vault_stage(void)
{
    struct stage *stage = stage_new(&VAULT, "2026-03-01");

    keys.master = seal_key_make();
    keys.search = seal_key_make();
    take_signing_key(1);
    stage_context(stage)->keys = &keys;
    stage_sender(stage, OFFICE, CLERK);
    return stage;
}

/* A person as the vault seals him for intake. */
static Tiaojie__Person *sealed_person(struct stage *stage, const char *name, const char *number)
{
    const char *const number_field = *number ? text_print(stage_arena(stage), ", 'identity_number': '%s'", number) : "";
    const char *const ask = text_print(
        stage_arena(stage), "{'persons': [{'path': 'x', 'person': {'name': '%s', 'phone': '13010000200'%s}}]}", name,
        number_field);
    const Vault__SealAnswer *answer = when_asked(stage, "vault seal", 1, ask);

    assert_non_null(answer);
    for (size_t i = 0; i < answer->n_makes; i++)
        assert_int_equal(when_body(stage, "subject make", answer->makes[i]->subject, answer->makes[i]), OK);
    return answer->persons[0];
}

static Intake__Claim *claim_new(struct stage *stage, Tiaojie__Person *person, int64_t fen)
{
    Intake__Claim *claim = arena_take(stage_arena(stage), sizeof *claim);

    intake__claim__init(claim);
    claim->worker = person;
    claim->amount_fen = fen;
    claim->work = arena_text(stage_arena(stage), "2025年11月工资");
    return claim;
}

static Intake__Party *party_new(struct stage *stage, Intake__PartyRole role, const char *name)
{
    Intake__Party *party = arena_take(stage_arena(stage), sizeof *party);

    intake__party__init(party);
    party->role = role;
    party->name = arena_text(stage_arena(stage), name);
    party->phone = arena_text(stage_arena(stage), "075500000000");
    return party;
}

/* As intake tells it: these claims against one organisation and a person, and a payer who is asked for nothing. */
static Intake__Registered *registered_new(struct stage *stage, Intake__Claim **claims, size_t count)
{
    struct arena *arena = stage_arena(stage);
    Intake__Registered *registered = arena_take(arena, sizeof *registered);
    Intake__Dispute *dispute = arena_take(arena, sizeof *dispute);

    intake__registered__init(registered);
    intake__dispute__init(dispute);
    registered->dispute = dispute;
    registered->office = OFFICE;
    registered->year = 2026;
    registered->number = 12;
    registered->at = stage_context(stage)->now;
    dispute->kind = arena_text(arena, "labour-wages");
    dispute->place = 440305;
    dispute->channel = arena_text(arena, "window");
    dispute->n_claims = count;
    dispute->claims = claims;
    dispute->n_parties = 3;
    dispute->parties = arena_array(arena, 3, sizeof *dispute->parties);
    dispute->parties[0] = party_new(stage, INTAKE__PARTY_ROLE__PARTY_ROLE_RESPONDENT, "云川劳务有限公司");
    dispute->parties[0]->credit_code = arena_text(arena, "91350100M000100Y43");
    dispute->parties[1] = party_new(stage, INTAKE__PARTY_ROLE__PARTY_ROLE_JOINTLY_LIABLE, "");
    dispute->parties[1]->person = sealed_person(stage, "包工头", "");
    dispute->parties[2] = party_new(stage, INTAKE__PARTY_ROLE__PARTY_ROLE_PAYER, "付款方公司");
    return registered;
}

static void noted(struct stage *stage, uint64_t application, Intake__Registered *registered)
{
    assert_int_equal(when_follows(stage, "intake", "application registered", application, registered), OK);
}

/* One worker's application, noted. */
static void given_application(struct stage *stage, uint64_t application, const char *name, const char *number)
{
    Intake__Claim **claims = arena_array(stage_arena(stage), 1, sizeof *claims);

    claims[0] = claim_new(stage, sealed_person(stage, name, number), 5372236);
    noted(stage, application, registered_new(stage, claims, 1));
}

static const Proof__Composed *composed(struct stage *stage, uint64_t application, uint32_t worker)
{
    return when_asked(stage, "proof compose", application,
                      text_print(stage_arena(stage),
                                 "{'worker': %u, 'office': %d, 'office_name': '西丽街道调解委员会'}", worker, OFFICE));
}

/* As the process does it: compose, issue, read. */
static const char *issued(struct stage *stage, uint64_t application, uint32_t worker)
{
    const Proof__Composed *statement = composed(stage, application, worker);
    Proof__Issue issue = PROOF__ISSUE__INIT;

    assert_non_null(statement);
    issue.worker = worker;
    issue.purpose = arena_text(stage_arena(stage), "asked for by the worker");
    issue.statement = statement->statement;
    assert_int_equal(when_body(stage, "proof issue", application, &issue), OK);
    const Proof__Proof *proof = when_asked(stage, "proof read", then_about(stage), "{}");
    assert_non_null(proof);
    return proof->text;
}

static void has(const char *text, const char *line)
{
    char *found = strstr(text, line);

    if (!found || (found != text && found[-1] != '\n') || found[strlen(line)] != '\n')
        fail_msg("no line \"%s\" in:\n%s", line, text);
}

static void has_not(const char *text, const char *words)
{
    if (strstr(text, words))
        fail_msg("\"%s\" is in:\n%s", words, text);
}

/* ---- checking ---- */

static ProtobufCBinaryData bytes_of(const char *text)
{
    return (ProtobufCBinaryData){strlen(text), (uint8_t *)(uintptr_t)text};
}

static enum status verify(struct stage *stage, ProtobufCBinaryData text, struct refusal *refusal)
{
    *refusal = (struct refusal){.status = OK};
    return statement_verify(text, &keys.signing.public_key, stage_arena(stage), refusal);
}

static void refused(struct stage *stage, const char *text, enum status status, const char *words)
{
    struct refusal refusal;

    assert_int_equal(verify(stage, bytes_of(text), &refusal), status);
    const char *reason = text_fill(stage_arena(stage), refusal.reason, refusal.values, refusal.value_count);
    if (!strstr(reason, words))
        fail_msg("no \"%s\" in: %s", words, reason);
}

static const char *sample(struct stage *stage)
{
    given_application(stage, APPLICATION, NAME, NUMBER);
    return issued(stage, APPLICATION, 1);
}

/* ---- what it says ---- */

static void test_a_proof_says_who_asked_for_what_when_and_against_whom(void **state)
{
    struct stage *stage = vault_stage();
    struct refusal refusal;

    (void)state;
    stage_at(stage, "2026-03-01T00:30:00.25+08:00");
    const char *text = sample(stage);
    assert_int_equal(strncmp(text, "tiaojie-proof: 1\n公钥指纹: ", strlen("tiaojie-proof: 1\n公钥指纹: ")), 0);
    has(text, "编号: stage-262147-1");
    has(text, "节点: stage");
    has(text, "受理机构: 西丽街道调解委员会（编号7）");
    has(text, "纠纷地: 广东省深圳市南山区（440305）");
    has(text, "申请: 2026年第12号（编号262147）");
    has(text, text_print(stage_arena(stage), "请求人: %s", NAME));
    has(text, "请求事项: 2025年11月工资");
    has(text, "请求金额: 53722.36元（伍万叁仟柒佰贰拾贰元叁角陆分）");
    has(text, "请求金额（分）: 5372236");
    has(text, "被请求人: 云川劳务有限公司（统一社会信用代码91350100M000100Y43）");
    has(text, "连带责任人: 包工头");
    has(text, "收到时间: 2026-03-01T00:30:00.250000+08:00（北京时间）");
    has(text, "收到时间（UTC）: 2026-02-28T16:30:00.250000Z");
    has(text, "途径: 窗口");
    assert_non_null(strstr(text, "《中华人民共和国劳动争议调解仲裁法》第二十七条"));
    assert_int_equal(verify(stage, bytes_of(text), &refusal), OK);
    stage_free(&stage);
}

static void test_only_the_last_four_characters_of_the_number_are_shown_and_no_telephone_number(void **state)
{
    struct stage *stage = vault_stage();

    (void)state;
    const char *text = sample(stage);
    has(text, "身份证件号码: **************768X");
    has_not(text, "5329");
    has_not(text, "1301");
    has_not(text, "0755");
    has_not(text, "付款方公司");
    stage_free(&stage);
}

static void test_a_worker_gets_nothing_of_another_ones(void **state)
{
    struct stage *stage = vault_stage();
    Intake__Claim *claims[] = {claim_new(stage, sealed_person(stage, "陈明", ""), 100),
                               claim_new(stage, sealed_person(stage, "褚平英", ""), 200)};

    (void)state;
    noted(stage, APPLICATION, registered_new(stage, claims, 2));
    const char *text = issued(stage, APPLICATION, 2);
    has(text, "请求人: 褚平英");
    has(text, "请求人序号: 2/2");
    has(text, "身份证件号码: 未登记");
    has(text, "请求金额（分）: 200");
    has_not(text, "陈明");
    stage_free(&stage);
}

static const char *name_of(struct stage *stage, size_t characters)
{
    const char *name = "";

    for (size_t i = 0; i < characters; i++)
        name = text_print(stage_arena(stage), "%s%s", name,
                          i % 3 == 1 && i + 1 < characters ? "·"
                          : i % 3 == 2                     ? "\xf0\xa0\xae\xb7"
                                                           : "买");
    return name;
}

static void test_names_of_1_to_50_characters_stand_in_it_as_they_were_given(void **state)
{
    struct stage *stage = vault_stage();
    struct refusal refusal;

    (void)state;
    for (size_t characters = 1; characters <= 50; characters++) {
        const char *name = name_of(stage, characters);
        const uint64_t application = characters * 256 + 3;
        given_application(stage, application, name, "");
        const char *text = issued(stage, application, 1);
        has(text, text_print(stage_arena(stage), "请求人: %s", name));
        assert_int_equal(verify(stage, bytes_of(text), &refusal), OK);
    }
    stage_free(&stage);
}

static void test_a_value_never_makes_a_line_of_its_own(void **state)
{
    struct stage *stage = vault_stage();
    const char *text;
    struct refusal refusal;
    struct statement statement = statement_begin(&keys.signing.public_key, stage_arena(stage));

    (void)state;
    statement_line(&statement, "请求事项", "工资\n签名: AAAA\r\t");
    assert_int_equal(statement_sign(&statement, &keys.signing, &text), OK);
    has(text, "请求事项: 工资 签名: AAAA  ");
    assert_int_equal(verify(stage, bytes_of(text), &refusal), OK);
    stage_free(&stage);
}

/* ---- once ---- */

static void test_issued_again_it_is_the_same_bytes_also_when_the_node_has_another_key(void **state)
{
    struct stage *stage = vault_stage();
    const char *text = sample(stage);

    (void)state;
    take_signing_key(2);
    assert_int_equal(composed(stage, APPLICATION, 1)->statement.len, 0);
    assert_string_equal(issued(stage, APPLICATION, 1), text);
    take_signing_key(1);
    assert_string_equal(issued(stage, APPLICATION, 1), text);
    stage_free(&stage);
}

static void test_a_later_application_under_another_name_leaves_it_as_it_is(void **state)
{
    struct stage *stage = vault_stage();
    const char *text = sample(stage);

    (void)state;
    stage_at(stage, "2026-04-01T09:00:00+08:00");
    given_application(stage, LATER, "改名", NUMBER);
    const char *later = issued(stage, LATER, 1);
    has(later, "请求人: 改名");
    has(later, "收到时间: 2026-04-01T09:00:00+08:00（北京时间）");
    assert_string_equal(issued(stage, APPLICATION, 1), text);
    const VaultRows__Asker *first = then_row(stage, &ASKER, APPLICATION, 1);
    const VaultRows__Asker *second = then_row(stage, &ASKER, LATER, 1);
    assert_int_equal(first->person, second->person);
    stage_free(&stage);
}

static void test_an_issue_is_recorded_with_who_and_what_for(void **state)
{
    struct stage *stage = vault_stage();

    (void)state;
    sample(stage);
    given_application(stage, LATER, "陈明", "");
    issued(stage, LATER, 1);
    const Proof__Composed *again = composed(stage, LATER, 1);
    Proof__Issue issue = PROOF__ISSUE__INIT;
    issue.purpose = arena_text(stage_arena(stage), "a second copy");
    issue.statement = again->statement;
    assert_int_equal(when_body(stage, "proof issue", LATER, &issue), OK);
    const VaultRows__Issue *row = then_row(stage, &ISSUE, then_about(stage), 0);
    assert_string_equal(row->purpose, "a second copy");
    assert_int_equal(row->relief, LATER);
    assert_int_equal(row->worker, 1);
    assert_int_equal(row->principal, stage_context(stage)->principal);
    stage_free(&stage);
}

/* ---- who may ---- */

static void test_what_cannot_be_proved_is_refused_with_the_reason(void **state)
{
    struct stage *stage = vault_stage();
    Intake__Claim *claims[] = {claim_new(stage, sealed_person(stage, "陈明", ""), 100),
                               claim_new(stage, sealed_person(stage, "褚平英", ""), 200)};

    (void)state;
    when(stage, "proof issue", APPLICATION, "{'worker': 1, 'purpose': 'x'}");
    then_refused(stage, UNKNOWN, "target", "no application");
    noted(stage, APPLICATION, registered_new(stage, claims, 2));
    when(stage, "proof issue", APPLICATION, "{'purpose': 'x'}");
    then_refused(stage, INVALID, "worker", "for which worker");
    when(stage, "proof issue", APPLICATION, "{'worker': 3, 'purpose': 'x'}");
    then_refused(stage, UNKNOWN, "worker", "no claim");
    when(stage, "proof issue", APPLICATION, "{'worker': 1}");
    then_refused(stage, INVALID, "purpose", "purpose");
    when(stage, "proof issue", APPLICATION, "{'worker': 1, 'purpose': 'x'}");
    then_refused(stage, UNAVAILABLE, "statement", "not signed");
    then_nothing_changed(stage);
    stage_sender(stage, OFFICE + 1, CLERK);
    when(stage, "proof issue", APPLICATION, "{'worker': 1, 'purpose': 'x'}");
    then_refused(stage, FORBIDDEN, "target", "another office");
    stage_free(&stage);
}

static void test_no_article_no_proof(void **state)
{
    struct stage *stage = vault_stage();
    Intake__Claim *claims[] = {claim_new(stage, sealed_person(stage, "陈明", ""), 100)};
    Intake__Registered *registered = registered_new(stage, claims, 1);

    (void)state;
    registered->dispute->kind = (char[]){"neighbours"};
    noted(stage, APPLICATION, registered);
    assert_null(composed(stage, APPLICATION, 1));
    then_refused(stage, CONFLICT, "target", "neighbours");
    stage_free(&stage);
}

static void test_only_who_issued_it_reads_it_and_for_five_minutes(void **state)
{
    struct stage *stage = vault_stage();

    (void)state;
    sample(stage);
    const Proof__Composed *again = composed(stage, APPLICATION, 1);
    Proof__Issue issue = PROOF__ISSUE__INIT;
    issue.purpose = arena_text(stage_arena(stage), "x");
    issue.statement = again->statement;
    assert_int_equal(when_body(stage, "proof issue", APPLICATION, &issue), OK);
    const uint64_t about = then_about(stage);
    assert_non_null(when_asked(stage, "proof read", about, "{}"));
    stage_context(stage)->principal++;
    assert_null(when_asked(stage, "proof read", about, "{}"));
    then_refused(stage, UNKNOWN, "issue", "no such proof");
    stage_context(stage)->principal--;
    stage_context(stage)->now += 301 * INSTANT_SECOND;
    assert_null(when_asked(stage, "proof read", about, "{}"));
    then_refused(stage, BARRED, "opening", "five minutes");
    stage_free(&stage);
}

/* ---- changed ones ---- */

static void test_every_changed_bit_is_refused(void **state)
{
    struct stage *stage = vault_stage();
    char *text = arena_text(stage_arena(stage), sample(stage));
    const size_t size = strlen(text);
    struct refusal refusal;

    (void)state;
    for (size_t i = 0; i < size; i++)
        for (int bit = 0; bit < 8; bit++) {
            text[i] = (char)(text[i] ^ 1 << bit);
            if (verify(stage, (ProtobufCBinaryData){size, (uint8_t *)text}, &refusal) == OK)
                fail_msg("bit %d of byte %zu was changed and nobody noticed", bit, i);
            assert_true(*refusal.reason && *refusal.remedy);
            text[i] = (char)(text[i] ^ 1 << bit);
        }
    assert_int_equal(verify(stage, bytes_of(text), &refusal), OK);
    stage_free(&stage);
}

static void test_cut_off_anywhere_it_is_refused_but_the_last_line_s_end_may_be_missing(void **state)
{
    struct stage *stage = vault_stage();
    const char *text = sample(stage);
    const size_t size = strlen(text);
    struct refusal refusal;

    (void)state;
    for (size_t length = 0; length + 1 < size; length++) {
        assert_int_equal(verify(stage, (ProtobufCBinaryData){length, (uint8_t *)(uintptr_t)text}, &refusal), INVALID);
        if (length > 0 && !strstr(refusal.reason, "cut off"))
            fail_msg("%zu bytes: %s", length, refusal.reason);
    }
    assert_int_equal(verify(stage, (ProtobufCBinaryData){size - 1, (uint8_t *)(uintptr_t)text}, &refusal), OK);
    stage_free(&stage);
}

static void test_each_kind_of_damage_is_named(void **state)
{
    struct stage *stage = vault_stage();
    const char *text = sample(stage);
    struct arena *arena = stage_arena(stage);
    const char *rest = strchr(text, '\n') + 1;

    (void)state;
    refused(stage, "", INVALID, "no proof");
    refused(stage, "\xef\xbb\xbftiaojie-proof: 1\n", INVALID, "no proof");
    refused(stage, "{\"text\": \"\"}", INVALID, "no proof");
    refused(stage, text_print(arena, "tiaojie-proof: 2\n%s", rest), INVALID, "version");
    refused(stage, text_print(arena, "tiaojie-proof: 1\r\n%s", rest), INVALID, "CR");
    refused(stage, text_print(arena, "%s\n", text), INVALID, "added");
    refused(stage, text_print(arena, "%s签名: ", text), INVALID, "added");
    refused(stage, text_print(arena, "tiaojie-proof: 1\n附加: 一\n%s", rest), UNVERIFIED, "does not fit");
    stage_free(&stage);
}

static void test_another_node_s_key_is_told_from_a_changed_text(void **state)
{
    struct stage *stage = vault_stage();
    const char *text = sample(stage);
    char fingerprint[SIGNATURE_FINGERPRINT_TEXT];

    (void)state;
    signature_fingerprint(&keys.signing.public_key, fingerprint);
    take_signing_key(2);
    refused(stage, text, UNVERIFIED, "names another key");
    refused(stage, text, UNVERIFIED, fingerprint);
    stage_free(&stage);
}

/* Base64's last character before the padding has four bits that decide nothing: another text for the same bytes. */
static void test_a_signature_has_one_text_only(void **state)
{
    struct stage *stage = vault_stage();
    char *text = arena_text(stage_arena(stage), sample(stage));
    char *last = text + strlen(text) - strlen("=\n") - 2;

    (void)state;
    *last = (char)(*last + 1);
    refused(stage, text, INVALID, "signature was changed");
    stage_free(&stage);
}

/* ---- the key's file ---- */

/* RFC 8032, 7.1, the first key; the file and the hash as OpenSSL's command line makes them. */
static const char RFC_PEM[] = "-----BEGIN PUBLIC KEY-----\n"
                              "MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\n"
                              "-----END PUBLIC KEY-----\n";
static const char RFC_FINGERPRINT[] = "06e3fd8fda29bb60ab59557de61edb0aecdb231134be30e75b455f8e1b792fa9";

static void test_a_public_key_is_written_and_read_as_openssl_does(void **state)
{
    struct arena *arena = arena_new(SIZE_MAX);
    struct signature_public key;
    struct refusal refusal;
    char fingerprint[SIGNATURE_FINGERPRINT_TEXT];

    (void)state;
    assert_int_equal(signature_pem_read(bytes_of(RFC_PEM), "--key", &key, &refusal), OK);
    assert_string_equal(signature_pem(&key, arena), RFC_PEM);
    assert_string_equal(signature_fingerprint(&key, fingerprint), RFC_FINGERPRINT);
    arena_free(&arena);
}

static void test_what_is_no_public_key_of_a_node_is_refused(void **state)
{
    static const char SECRET[] = "-----BEGIN PRIVATE KEY-----\n"
                                 "MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n"
                                 "-----END PRIVATE KEY-----\n";
    static const char X25519[] = "-----BEGIN PUBLIC KEY-----\n"
                                 "MCowBQYDK2VuAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\n"
                                 "-----END PUBLIC KEY-----\n";
    const char *const files[] = {"", "tiaojie-proof: 1\n", SECRET, X25519};
    struct signature_public key;

    (void)state;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        struct refusal refusal = {.status = OK};
        assert_int_equal(signature_pem_read(bytes_of(files[i]), "--key", &key, &refusal), INVALID);
        assert_string_equal(refusal.field, "--key");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_proof_says_who_asked_for_what_when_and_against_whom),
        cmocka_unit_test(test_only_the_last_four_characters_of_the_number_are_shown_and_no_telephone_number),
        cmocka_unit_test(test_a_worker_gets_nothing_of_another_ones),
        cmocka_unit_test(test_names_of_1_to_50_characters_stand_in_it_as_they_were_given),
        cmocka_unit_test(test_a_value_never_makes_a_line_of_its_own),
        cmocka_unit_test(test_issued_again_it_is_the_same_bytes_also_when_the_node_has_another_key),
        cmocka_unit_test(test_a_later_application_under_another_name_leaves_it_as_it_is),
        cmocka_unit_test(test_an_issue_is_recorded_with_who_and_what_for),
        cmocka_unit_test(test_what_cannot_be_proved_is_refused_with_the_reason),
        cmocka_unit_test(test_no_article_no_proof),
        cmocka_unit_test(test_only_who_issued_it_reads_it_and_for_five_minutes),
        cmocka_unit_test(test_every_changed_bit_is_refused),
        cmocka_unit_test(test_cut_off_anywhere_it_is_refused_but_the_last_line_s_end_may_be_missing),
        cmocka_unit_test(test_each_kind_of_damage_is_named),
        cmocka_unit_test(test_another_node_s_key_is_told_from_a_changed_text),
        cmocka_unit_test(test_a_signature_has_one_text_only),
        cmocka_unit_test(test_a_public_key_is_written_and_read_as_openssl_does),
        cmocka_unit_test(test_what_is_no_public_key_of_a_node_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

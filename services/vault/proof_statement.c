/* SPDX-License-Identifier: Apache-2.0
 *
 * Proof: its lines. They are in Chinese whatever language a program has: the statement is a paper for offices and
 * courts.
 */
#include "common/base/amount.h"
#include "common/base/instant.h"
#include "common/procedure/division.h"
#include "proto/intake.pb-c.h"
#include "services/vault/proof.h"

#include <inttypes.h>
#include <string.h>
#include <time.h>

enum { SHOWN_DIGITS = 4 };

struct word {
    const char *code;
    const char *chinese;
};

static const struct word CHANNELS[] = {
    {"window", "窗口"}, {"mobile", "手机"}, {"referral", "其他部门移送"}, {"", "未登记"}, {NULL, NULL}};

static const struct word KINDS[] = {{"labour-wages", "劳动报酬争议"}, {NULL, NULL}};

/* What is not known here is shown as it was registered. */
static const char *in_chinese(const struct word *words, const char *code)
{
    for (; words->code; words++)
        if (strcmp(words->code, code) == 0)
            return words->chinese;
    return code;
}

/* By the beginning of the kind. Labour Dispute Mediation and Arbitration Law 27: the limitation of one year is
 * interrupted when a party asks a department for relief, and counts anew from then. */
static const struct {
    const char *kind;
    const char *basis;
} BASES[] = {
    {"labour-", "《中华人民共和国劳动争议调解仲裁法》第二十七条（向有关部门请求权利救济的，仲裁时效中断，从中断时起重新"
                "计算）"},
};

const char *proof_basis(const char *kind)
{
    for (size_t i = 0; i < sizeof BASES / sizeof *BASES; i++)
        if (strncmp(kind, BASES[i].kind, strlen(BASES[i].kind)) == 0)
            return BASES[i].basis;
    return NULL;
}

/* ---- values ---- */

static const char *masked(const char *number, struct arena *arena)
{
    const size_t size = strlen(number);
    char *text = arena_text(arena, number);

    if (size == 0)
        return "未登记";
    for (size_t i = 0; i + SHOWN_DIGITS < size; i++)
        text[i] = '*';
    return text;
}

static const char *in_china(int64_t moment, struct arena *arena)
{
    char text[INSTANT_TEXT];

    return text_print(arena, "%s（北京时间）", instant_format(moment, text));
}

static const char *in_utc(int64_t moment, struct arena *arena)
{
    const time_t seconds = (time_t)(moment / INSTANT_SECOND);
    struct tm parts;
    char text[INSTANT_TEXT];

    gmtime_r(&seconds, &parts);
    strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &parts);
    return text_print(arena, "%s.%06" PRId64 "Z", text, moment % INSTANT_SECOND);
}

/* ---- lines ---- */

static void who_received(const struct proof *proof, struct statement *statement)
{
    const VaultRows__Relief *relief = proof->relief;
    struct arena *arena = statement->arena;

    statement_line(statement, "节点", proof->node);
    statement_line(statement, "受理机构", text_print(arena, "%s（编号%" PRIu64 "）", proof->office, relief->office));
    statement_line(statement, "纠纷地",
                   text_print(arena, "%s（%06" PRIu32 "）",
                              divisions_full_name(divisions_built_in(), relief->place, arena), relief->place));
    statement_line(
        statement, "申请",
        text_print(arena, "%" PRIu32 "年第%" PRIu32 "号（编号%" PRIu64 "）", relief->year, relief->number, relief->id));
}

static void who_asked(const struct proof *proof, struct statement *statement)
{
    const VaultRows__Asker *asker = proof->asker;
    struct arena *arena = statement->arena;

    statement_line(statement, "请求人", proof->name);
    statement_line(statement, "身份证件号码", masked(proof->identity_number, arena));
    statement_line(statement, "请求人序号",
                   text_print(arena, "%" PRIu32 "/%" PRIu32, asker->ordinal, proof->relief->askers));
    statement_line(statement, "请求事项", asker->work[0] ? asker->work : "未登记");
    statement_line(statement, "请求金额",
                   text_print(arena, "%s元（%s）", amount_plain(arena, asker->amount_fen),
                              amount_capitals(arena, asker->amount_fen)));
    statement_line(statement, "请求金额（分）", text_print(arena, "%" PRId64, asker->amount_fen));
}

static void against_whom(const struct proof *proof, struct statement *statement)
{
    for (size_t i = 0; i < proof->opponent_count; i++) {
        const VaultRows__Opponent *opponent = proof->opponents[i];
        const bool jointly = opponent->role == INTAKE__PARTY_ROLE__PARTY_ROLE_JOINTLY_LIABLE;
        const char *name = opponent->name[0] ? opponent->name : proof->opponent_names[i];
        const char *code = opponent->credit_code[0]
                               ? text_print(statement->arena, "（统一社会信用代码%s）", opponent->credit_code)
                               : "";
        statement_line(statement, jointly ? "连带责任人" : "被请求人",
                       text_print(statement->arena, "%s%s", name[0] ? name : "姓名或者名称尚不明", code));
    }
}

static void when_and_what(const struct proof *proof, struct statement *statement)
{
    const VaultRows__Relief *relief = proof->relief;

    statement_line(statement, "纠纷类型", in_chinese(KINDS, relief->kind));
    statement_line(statement, "收到时间", in_china(relief->received_at, statement->arena));
    statement_line(statement, "收到时间（UTC）", in_utc(relief->received_at, statement->arena));
    statement_line(statement, "途径", in_chinese(CHANNELS, relief->channel));
    statement_line(statement, "依据", proof_basis(relief->kind));
    statement_line(statement, "证明", "请求人已于上述时间就上述事项向受理机构请求权利救济");
    statement_line(statement, "不证明",
                   "请求金额属实、请求应予支持或者时效在此之前未届满；时效是否中断由仲裁委员会或者人民法院认定");
}

struct statement proof_statement(const struct proof *proof, const struct signature_public *key, struct arena *arena)
{
    struct statement statement = statement_begin(key, arena);

    statement_line(&statement, "标题", "请求权利救济证明");
    statement_line(&statement, "编号",
                   text_print(arena, "%s-%" PRIu64 "-%" PRIu32, proof->node, proof->relief->id, proof->asker->ordinal));
    who_received(proof, &statement);
    who_asked(proof, &statement);
    against_whom(proof, &statement);
    when_and_what(proof, &statement);
    return statement;
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * Statement: building, signing, checking.
 */
#include "common/seal/statement.h"

#include "common/net/base64.h"
#include "common/seal/signature_pem.h"

#include <string.h>

enum { SIGNATURE_BYTES = 64, SIGNATURE_TEXT = 88, DIGITS = SIGNATURE_FINGERPRINT_TEXT - 1 };

static const char FIRST_LINE[] = "tiaojie-proof: 1\n";
static const char FIRST_KEY[] = "tiaojie-proof: ";
static const char FINGERPRINT[] = "公钥指纹";
static const char SIGNATURE[] = "签名";
static const char FIELD[] = "proof"; /* of refusals */

/* ---- making ---------------------------------------------------------------------------------------------------- */

struct statement statement_begin(const struct signature_public *public_key, struct arena *arena)
{
    char fingerprint[SIGNATURE_FINGERPRINT_TEXT];
    struct statement statement = {arena, FIRST_LINE};

    statement_line(&statement, FINGERPRINT, signature_fingerprint(public_key, fingerprint));
    return statement;
}

void statement_line(struct statement *statement, const char *key, const char *value)
{
    char *line = arena_text(statement->arena, value);

    for (char *at = line; *at; at++)
        if ((unsigned char)*at < ' ' || *at == '\x7f')
            *at = ' ';
    statement->text = text_print(statement->arena, "%s%s: %s\n", statement->text, key, line);
}

enum status statement_sign(const struct statement *statement, const struct signature_key *key, const char **text)
{
    struct signature signature;
    char encoded[SIGNATURE_TEXT + 1];
    const ProtobufCBinaryData said = {strlen(statement->text), (uint8_t *)(uintptr_t)statement->text};
    const enum status status = signature_sign(key, "", said, &signature);

    if (status)
        return status;
    if (signature.size != SIGNATURE_BYTES)
        return INVALID;
    base64_encode(signature.bytes, signature.size, encoded);
    *text = text_print(statement->arena, "%s%s: %s\n", statement->text, SIGNATURE, encoded);
    return OK;
}

/* ---- checking -------------------------------------------------------------------------------------------------- */

static const char AS_ISSUED[] = N_("take the file as it was issued, or scan the code again");

static bool begins_with(ProtobufCBinaryData text, const char *words)
{
    return text.len >= strlen(words) && memcmp(text.data, words, strlen(words)) == 0;
}

static enum status refuse_truncated(struct refusal *refusal)
{
    return refuse(refusal, INVALID, FIELD, N_("it is cut off: its end with the signature is missing"), AS_ISSUED);
}

static enum status check_beginning(ProtobufCBinaryData text, struct refusal *refusal)
{
    if (text.len > STATEMENT_BYTES_MAX)
        return refuse(refusal, TOO_LARGE, FIELD, N_("it is larger than 64 KiB: no proof is"), AS_ISSUED);
    if (text.len > 0 && text.len < strlen(FIRST_LINE) && memcmp(text.data, FIRST_LINE, text.len) == 0)
        return refuse_truncated(refusal);
    if (!begins_with(text, FIRST_KEY))
        return refuse(refusal, INVALID, FIELD,
                      N_("this is no proof of a node: it does not begin with \"tiaojie-proof: \""),
                      N_("name a file that `proof issue` wrote"));
    if (memchr(text.data, '\r', text.len))
        return refuse(refusal, INVALID, FIELD, N_("its line ends were changed: it has CR characters"),
                      N_("send it as a file that no program rewrites, or scan the code again"));
    if (!begins_with(text, FIRST_LINE))
        return refuse(refusal, INVALID, FIELD, N_("its version is not one that this program knows"),
                      N_("use a newer program; if its first line should be \"tiaojie-proof: 1\", it was changed"));
    return OK;
}

/* What was signed, and the signature's bytes. */
struct parts {
    ProtobufCBinaryData said;
    uint8_t signature[SIGNATURE_TEXT];
    size_t signature_size;
};

static enum status find_parts(ProtobufCBinaryData text, struct parts *parts, struct refusal *refusal)
{
    char begin[sizeof SIGNATURE + 4] = "\n";
    strcat(strcat(begin, SIGNATURE), ": ");
    const uint8_t *found = memmem(text.data, text.len, begin, strlen(begin));

    if (!found)
        return refuse_truncated(refusal);
    const char *encoded = (const char *)found + strlen(begin);
    const size_t rest = text.len - (size_t)((const uint8_t *)encoded - text.data);
    if (rest < SIGNATURE_TEXT)
        return refuse_truncated(refusal);
    if (rest > SIGNATURE_TEXT + 1 || (rest > SIGNATURE_TEXT && encoded[SIGNATURE_TEXT] != '\n'))
        return refuse(refusal, INVALID, FIELD, N_("something was added behind its signature"), AS_ISSUED);
    if (!base64_decode(encoded, SIGNATURE_TEXT, parts->signature, &parts->signature_size) ||
        parts->signature_size != SIGNATURE_BYTES)
        return refuse(refusal, INVALID, FIELD, N_("its signature was changed: it is not the text of 64 bytes"),
                      AS_ISSUED);
    parts->said = (ProtobufCBinaryData){(size_t)(found - text.data) + 1, text.data};
    return OK;
}

/* The fingerprint that stands in the second line; "" where none does. */
static const char *named_key(ProtobufCBinaryData said, struct arena *arena)
{
    const size_t before = strlen(FIRST_LINE) + strlen(FINGERPRINT) + strlen(": ");

    if (said.len < before + DIGITS)
        return "";
    char *digits = arena_take(arena, DIGITS + 1);
    memcpy(digits, said.data + before, DIGITS);
    return strspn(digits, "0123456789abcdef") == DIGITS ? digits : "";
}

/* Another key, or other bytes? The fingerprint in the text tells, unless it is what was changed. */
static enum status refuse_signature(ProtobufCBinaryData said, const struct signature_public *public_key,
                                    struct arena *arena, struct refusal *refusal)
{
    char own[SIGNATURE_FINGERPRINT_TEXT];
    const char *named = named_key(said, arena);

    signature_fingerprint(public_key, own);
    if (strcmp(named, own) == 0 || !*named)
        return refuse(refusal, UNVERIFIED, FIELD,
                      N_("the signature does not fit: at least one character was changed after it was signed"),
                      AS_ISSUED);
    return refuse_with(refusal, UNVERIFIED, FIELD,
                       N_("it names another key: its fingerprint is %1, that of the key given is %2"),
                       N_("use the public key of the node that issued it; if this is that key, the proof was changed"),
                       named, arena_text(arena, own));
}

enum status statement_verify(ProtobufCBinaryData text, const struct signature_public *public_key, struct arena *arena,
                             struct refusal *refusal)
{
    char own[SIGNATURE_FINGERPRINT_TEXT];
    struct parts parts = {.signature_size = 0};
    enum status status = check_beginning(text, refusal);

    if (!status)
        status = find_parts(text, &parts, refusal);
    if (status)
        return status;
    const ProtobufCBinaryData signature = {parts.signature_size, parts.signature};
    if (signature_verify(public_key, "", parts.said, signature) ||
        strcmp(named_key(parts.said, arena), signature_fingerprint(public_key, own)) != 0)
        return refuse_signature(parts.said, public_key, arena, refusal);
    return OK;
}

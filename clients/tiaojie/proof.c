/* SPDX-License-Identifier: Apache-2.0
 *
 * Proof: the two commands.
 */
#include "clients/tiaojie/proof.h"

#include "clients/tiaojie/qr.h"
#include "common/base/file.h"
#include "common/seal/signature_pem.h"
#include "common/seal/statement.h"

#include <string.h>
#include <unistd.h>

enum { PEM_BYTES_MAX = 16 * 1024 };

/* ---- "proof verify" -------------------------------------------------------------------------------------------- */

static enum status verify(struct local_call *call)
{
    ProtobufCBinaryData pem, text;
    struct signature_public key;
    enum status status = file_read(call->arena, "--key", call->option, PEM_BYTES_MAX, &pem, &call->refusal);

    if (status == OK)
        status = signature_pem_read(pem, "--key", &key, &call->refusal);
    if (status == OK)
        status = file_read(call->arena, "FILE", call->file, STATEMENT_BYTES_MAX, &text, &call->refusal);
    if (status == OK)
        status = statement_verify(text, &key, call->arena, &call->refusal);
    if (status != OK)
        return status;
    printf("%s%s%s\n", (const char *)text.data, text.data[text.len - 1] == '\n' ? "" : "\n",
           text_translate(N_("the signature holds: nothing was changed since the node with this key signed it")));
    return OK;
}

/* ---- "proof qr" ------------------------------------------------------------------------------------------------ */

static bool ends_with(const char *path, const char *end)
{
    const size_t size = strlen(path), end_size = strlen(end);

    return size > end_size && strcmp(path + size - end_size, end) == 0;
}

static enum status write_picture(struct local_call *call, const struct qr *qr)
{
    ProtobufCBinaryData picture;

    if (ends_with(call->option, ".svg"))
        picture = qr_svg(qr, call->arena);
    else if (ends_with(call->option, ".pbm"))
        picture = qr_pbm(qr, call->arena);
    else
        return refuse(&call->refusal, INVALID, "--out", N_("it is not said which kind of picture"),
                      N_("let the name end with .svg or .pbm"));
    return file_write("--out", call->option, picture.data, picture.len, &call->refusal);
}

/* The last line's end is left out: it is not signed, and whoever reads the code adds his own. */
static enum status print_qr(struct local_call *call)
{
    ProtobufCBinaryData text;
    struct qr qr;
    enum status status = file_read(call->arena, "FILE", call->file, STATEMENT_BYTES_MAX, &text, &call->refusal);

    if (status == OK && text.len > 0 && text.data[text.len - 1] == '\n')
        text.len--;
    if (status == OK)
        status = qr_make(text, &qr, call->arena, &call->refusal);
    if (status != OK)
        return status;
    if (call->option)
        return write_picture(call, &qr);
    qr_print(stdout, &qr, isatty(STDOUT_FILENO) == 1);
    return OK;
}

/* ---- descriptions ---------------------------------------------------------------------------------------------- */

const struct local PROOF_VERIFY = {
    .name = "proof verify",
    .help = N_("check a proof with nothing but the node's public key"),
    .option = "key",
    .option_help = N_("the node's public key in PEM, as `tiaojie-admin node key` prints it"),
    .option_needed = true,
    .example = "proof verify proof.txt --key node.pem",
    .run = verify,
};

const struct local PROOF_QR = {
    .name = "proof qr",
    .help = N_("print a proof's whole text as a QR code"),
    .option = "out",
    .option_help = N_("write a picture there instead: .svg or .pbm"),
    .example = "proof qr proof.txt --out proof.svg",
    .run = print_qr,
};

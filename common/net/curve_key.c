/* SPDX-License-Identifier: Apache-2.0
 *
 * CURVE keys: making, and their files: two lines, `public Z85` and `secret Z85`.
 */
#include "common/net/socket.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILE_SIZE_MAX = 256, Z85_SIZE = CURVE_TEXT_SIZE - 1 };

void curve_key_make(struct curve_key *key)
{
    int failed = zmq_curve_keypair(key->public_text, key->secret_text);

    assert(!failed); /* only where libzmq was built without CURVE */
}

bool curve_text_valid(const char *text)
{
    uint8_t bytes[32];

    return strlen(text) == Z85_SIZE && zmq_z85_decode(bytes, text) != NULL;
}

static enum status refuse_file(struct refusal *refusal, const char *path, const char *remedy)
{
    return refuse_with(refusal, INVALID, "key", N_("the key file %1 cannot be used: %2"), remedy, path,
                       strerrordesc_np(errno));
}

static bool write_all(int file, const char *text, size_t size)
{
    return write(file, text, size) == (ssize_t)size && fsync(file) == 0;
}

enum status curve_key_save(const struct curve_key *key, const char *path, struct refusal *refusal)
{
    char text[FILE_SIZE_MAX];
    int size = snprintf(text, sizeof text, "public %s\nsecret %s\n", key->public_text, key->secret_text);
    int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

    if (file < 0)
        return refuse_file(refusal, path, N_("name a new file in a folder that this user may write"));
    bool written = write_all(file, text, (size_t)size);
    close(file);
    if (written)
        return OK;
    unlink(path);
    return refuse_file(refusal, path, N_("make room on the disk"));
}

static enum status refuse_form(struct refusal *refusal, const char *path)
{
    return refuse_with(refusal, INVALID, "key", N_("%1 is not a key file"),
                       N_("name the file that `tiaojie-admin key make` wrote"), path);
}

static enum status parse(struct curve_key *key, const char *text, const char *path, struct refusal *refusal)
{
    char derived[CURVE_TEXT_SIZE];

    if (sscanf(text, "public %40s\nsecret %40s", key->public_text, key->secret_text) != 2 ||
        !curve_text_valid(key->public_text) || !curve_text_valid(key->secret_text))
        return refuse_form(refusal, path);
    if (zmq_curve_public(derived, key->secret_text) != 0 || strcmp(derived, key->public_text) != 0)
        return refuse_with(refusal, INVALID, "key", N_("the two halves in %1 don't belong together"),
                           N_("take the file from its backup, or make a new key and have it registered"), path);
    return OK;
}

enum status curve_key_load(struct curve_key *key, const char *path, struct refusal *refusal)
{
    char text[FILE_SIZE_MAX] = "";
    struct stat facts;
    int file = open(path, O_RDONLY | O_CLOEXEC);

    if (file < 0)
        return refuse_file(refusal, path, N_("name a key file that this user may read"));
    if (fstat(file, &facts) != 0 || (facts.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
        close(file);
        return refuse_with(refusal, FORBIDDEN, "key", N_("others can read the key file %1"),
                           N_("chmod 600 %1; if somebody else was on this machine, have the key replaced"), path);
    }
    ssize_t size = read(file, text, sizeof text - 1);
    close(file);
    return size > 0 ? parse(key, text, path, refusal) : refuse_form(refusal, path);
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * Node keys: the file, its rights and its lines.
 */
#include "common/seal/node_keys.h"

#include "common/seal/must.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <openssl/crypto.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum key_name { MASTER, SEARCH, DIGEST, SIGNING, SIGNING_SM2, TRANSPORT, KEY_NAMES };

static const char *const NAMES[KEY_NAMES] = {
    [MASTER] = "master",   [SEARCH] = "search",           [DIGEST] = "digest",
    [SIGNING] = "signing", [SIGNING_SM2] = "signing_sm2", [TRANSPORT] = "transport",
};

enum { SECRET = 32, FILE_MAX = 4096 };

/* The file's secrets before they become keys; `present` has a bit for each name. */
struct secrets {
    uint8_t bytes[KEY_NAMES][SECRET];
    unsigned present;
};

static const char FIELD[] = "keys";

/* ---- making ---- */

static void secrets_make(struct secrets *secrets)
{
    struct signature_key signing;
    struct transport_key transport;

    for (enum key_name name = MASTER; name <= DIGEST; name++) {
        struct seal_key key = seal_key_make();
        memcpy(secrets->bytes[name], key.bytes, SECRET);
        seal_key_wipe(&key);
    }
    must(signature_key_make(SIGNATURE_ED25519, &signing) == OK, "make a signing key");
    memcpy(secrets->bytes[SIGNING], signing.secret, SECRET);
    must(signature_key_make(SIGNATURE_SM2_SM3, &signing) == OK, "make a signing key");
    memcpy(secrets->bytes[SIGNING_SM2], signing.secret, SECRET);
    signature_key_wipe(&signing);
    transport_key_make(&transport);
    memcpy(secrets->bytes[TRANSPORT], transport.secret, SECRET);
    transport_key_wipe(&transport);
}

static size_t lines_put(const struct secrets *secrets, char text[FILE_MAX])
{
    size_t length =
        (size_t)snprintf(text, FILE_MAX, "# Secrets of a node. Keep a copy in a safe; show it to nobody.\n");
    for (size_t name = 0; name < KEY_NAMES; name++) {
        length += (size_t)snprintf(text + length, FILE_MAX - length, "%s=", NAMES[name]);
        for (size_t i = 0; i < SECRET; i++)
            length += (size_t)snprintf(text + length, FILE_MAX - length, "%02x", secrets->bytes[name][i]);
        text[length++] = '\n';
    }
    return length;
}

static bool write_all(int file, const char *text, size_t length)
{
    while (length > 0) {
        ssize_t written = write(file, text, length);
        if (written < 0 && errno != EINTR)
            return false;
        text += written > 0 ? written : 0;
        length -= written > 0 ? (size_t)written : 0;
    }
    return fsync(file) == 0;
}

/* The directory's entry must be as durable as the file: without it, sealed words outlive their key. */
static bool sync_directory(const char *path)
{
    char copy[PATH_MAX];
    if (snprintf(copy, sizeof copy, "%s", path) >= (int)sizeof copy)
        return false;
    int directory = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (directory < 0)
        return false;
    bool synced = fsync(directory) == 0;
    close(directory);
    return synced;
}

static enum status not_written(struct refusal *refusal, const char *path, int error)
{
    return refuse_with(refusal, UNAVAILABLE, FIELD, N_("the key file %1 cannot be written: %2"),
                       N_("make its directory writable for this user"), path, strerrordesc_np(error));
}

enum status node_keys_make(const char *path, struct refusal *refusal)
{
    int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (file < 0 && errno == EEXIST)
        return refuse_with(refusal, CONFLICT, FIELD, N_("there is already a key file %1"),
                           N_("keep it: without it nothing that was sealed can be read"), path);
    if (file < 0)
        return not_written(refusal, path, errno);

    struct secrets secrets = {.present = 0};
    char text[FILE_MAX];
    secrets_make(&secrets);
    size_t length = lines_put(&secrets, text);
    /* Under a umask that takes away the owner's right, the mode is set again. */
    bool written = fchmod(file, 0600) == 0 && write_all(file, text, length);
    int error = errno;
    OPENSSL_cleanse(text, sizeof text);
    OPENSSL_cleanse(&secrets, sizeof secrets);
    close(file);
    if (written && sync_directory(path))
        return OK;
    error = written ? errno : error;
    unlink(path);
    return not_written(refusal, path, error);
}

/* ---- reading ---- */

/* Value of a hex digit, 16 for any other character. */
static unsigned digit(char c)
{
    if (c >= '0' && c <= '9')
        return (unsigned)(c - '0');
    if (c >= 'a' && c <= 'f')
        return (unsigned)(c - 'a') + 10;
    return 16;
}

static bool hex_read(const char *text, uint8_t bytes[SECRET])
{
    if (strlen(text) != 2 * SECRET)
        return false;
    for (size_t i = 0; i < SECRET; i++) {
        unsigned high = digit(text[2 * i]), low = digit(text[2 * i + 1]);
        if (high > 15 || low > 15)
            return false;
        bytes[i] = (uint8_t)(high << 4 | low);
    }
    return true;
}

static const char *const REMEDY_CONTENT = N_("bring the file back from the backup");

static enum status line_read(char *line, struct secrets *secrets, struct refusal *refusal)
{
    char *value = strchr(line, '=');
    if (line[0] == '\0' || line[0] == '#')
        return OK;
    if (!value)
        return refuse(refusal, INVALID, FIELD, N_("a line of the key file is not name=hex"), REMEDY_CONTENT);
    *value++ = '\0';
    for (size_t name = 0; name < KEY_NAMES; name++) {
        if (strcmp(line, NAMES[name]) != 0)
            continue;
        if (secrets->present & 1u << name)
            return refuse_with(refusal, INVALID, FIELD, N_("the key file names %1 twice"), REMEDY_CONTENT, NAMES[name]);
        if (!hex_read(value, secrets->bytes[name]))
            return refuse_with(refusal, INVALID, FIELD, N_("%1 in the key file is not 64 lower-case hex digits"),
                               REMEDY_CONTENT, NAMES[name]);
        secrets->present |= 1u << name;
        return OK;
    }
    return refuse(refusal, INVALID, FIELD, N_("the key file has a name that this version does not know"),
                  N_("use the version that wrote it"));
}

static enum status lines_read(char *text, struct secrets *secrets, struct refusal *refusal)
{
    char *rest = text;
    for (char *line; (line = strsep(&rest, "\n"));) {
        enum status status = line_read(line, secrets, refusal);
        if (status != OK)
            return status;
    }
    for (size_t name = 0; name < KEY_NAMES; name++)
        if (!(secrets->present & 1u << name))
            return refuse_with(refusal, INVALID, FIELD, N_("the key file lacks %1"), REMEDY_CONTENT, NAMES[name]);
    return OK;
}

static enum status keys_fill(const struct secrets *secrets, struct node_keys *keys, struct refusal *refusal)
{
    struct secrets copy = *secrets;
    memcpy(keys->master.bytes, copy.bytes[MASTER], SECRET);
    memcpy(keys->search.bytes, copy.bytes[SEARCH], SECRET);
    memcpy(keys->digest.bytes, copy.bytes[DIGEST], SECRET);
    transport_key_read(copy.bytes[TRANSPORT], &keys->transport);
    ProtobufCBinaryData signing = {SECRET, copy.bytes[SIGNING]}, sm2 = {SECRET, copy.bytes[SIGNING_SM2]};
    bool good = signature_key_read(SIGNATURE_ED25519, signing, &keys->signing) == OK &&
                signature_key_read(SIGNATURE_SM2_SM3, sm2, &keys->signing_sm2) == OK;
    OPENSSL_cleanse(&copy, sizeof copy);
    if (good)
        return OK;
    node_keys_wipe(keys);
    return refuse(refusal, INVALID, FIELD, N_("signing_sm2 in the key file is no SM2 key"), REMEDY_CONTENT);
}

/* Who can get at an open file, and whether it is one. */
static enum status rights_check(int file, const char *path, struct refusal *refusal)
{
    struct stat facts;
    if (fstat(file, &facts) != 0 || !S_ISREG(facts.st_mode) || facts.st_size >= FILE_MAX)
        return refuse_with(refusal, INVALID, FIELD, N_("%1 is no key file"), N_("name the file that holds the keys"),
                           path);
    if (facts.st_uid != geteuid() && facts.st_uid != 0)
        return refuse_with(refusal, FORBIDDEN, FIELD, N_("the key file %1 belongs to another user"),
                           N_("make this user its owner: chown"), path);
    if (facts.st_mode & (S_IRWXG | S_IRWXO))
        return refuse_with(refusal, FORBIDDEN, FIELD, N_("other users can read or write the key file %1"),
                           N_("make it private: chmod 600 %1"), path);
    return OK;
}

static enum status not_read(struct refusal *refusal, const char *path, int error)
{
    if (error == ENOENT)
        return refuse_with(refusal, UNKNOWN, FIELD, N_("there is no key file %1"),
                           N_("make the node's keys first, or name the right file"), path);
    return refuse_with(refusal, UNAVAILABLE, FIELD, N_("the key file %1 cannot be read: %2"),
                       N_("make it readable for this user, and for nobody else"), path, strerrordesc_np(error));
}

/* Reads all of it; -1 where that fails (errno is set). */
static ssize_t read_all(int file, char text[FILE_MAX])
{
    size_t length = 0;
    while (length < FILE_MAX - 1) {
        ssize_t got = read(file, text + length, FILE_MAX - 1 - length);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return -1;
        if (got == 0)
            break;
        length += (size_t)got;
    }
    text[length] = '\0';
    return (ssize_t)length;
}

enum status node_keys_load(const char *path, struct node_keys *keys, struct refusal *refusal)
{
    char text[FILE_MAX];
    struct secrets secrets = {.present = 0};

    memset(keys, 0, sizeof *keys);
    /* Without O_NONBLOCK a pipe in its place would hang the process at its start. */
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (file < 0)
        return not_read(refusal, path, errno);
    enum status status = rights_check(file, path, refusal);
    if (status == OK && read_all(file, text) < 0)
        status = not_read(refusal, path, errno);
    close(file);
    if (status == OK)
        status = lines_read(text, &secrets, refusal);
    if (status == OK)
        status = keys_fill(&secrets, keys, refusal);
    OPENSSL_cleanse(text, sizeof text);
    OPENSSL_cleanse(&secrets, sizeof secrets);
    return status;
}

void node_keys_wipe(struct node_keys *keys)
{
    OPENSSL_cleanse(keys, sizeof *keys);
}

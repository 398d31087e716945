/* SPDX-License-Identifier: Apache-2.0
 *
 * File: reading and writing.
 */
#include "common/base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

enum status file_read(struct arena *arena, const char *name, const char *path, size_t most, ProtobufCBinaryData *bytes,
                      struct refusal *refusal)
{
    FILE *stream = strcmp(path, "-") == 0 ? stdin : fopen(path, "re");

    if (!stream)
        return refuse_with(refusal, INVALID, name, N_("%1 cannot be read: %2"), N_("name a file that can be read"),
                           path, strerrordesc_np(errno));
    bytes->data = arena_take(arena, most + 2);
    bytes->len = fread(bytes->data, 1, most + 1, stream);
    const bool failed = ferror(stream) != 0;
    if (stream != stdin)
        fclose(stream);
    if (failed)
        return refuse_with(refusal, INVALID, name, N_("%1 cannot be read: %2"), N_("name a file that can be read"),
                           path, strerrordesc_np(EIO));
    if (bytes->len > most)
        return refuse_with(refusal, TOO_LARGE, name, N_("%1 is larger than %2 bytes"), N_("send less at once"), path,
                           text_print(arena, "%zu", most));
    return OK;
}

enum status file_write(const char *name, const char *path, const void *bytes, size_t size, struct refusal *refusal)
{
    const int descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, S_IRUSR | S_IWUSR);
    FILE *file = descriptor >= 0 ? fdopen(descriptor, "w") : NULL;
    bool written = file && fwrite(bytes, 1, size, file) == size;

    if (file && fclose(file) != 0)
        written = false;
    if (written)
        return OK;
    return refuse_with(refusal, INVALID, name, N_("%1 cannot be written: %2"), N_("name a file that can be written"),
                       path, strerrordesc_np(errno));
}

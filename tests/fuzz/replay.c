/* SPDX-License-Identifier: Apache-2.0
 *
 * Replay: runs a fuzz target over kept seeds, with any compiler and without libFuzzer.
 *
 * Arguments are files and folders of files; it prints how many inputs ran. A target that finds a fault aborts.
 * Refuses   to pass with nothing run: a target without a seed tests nothing.
 */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

enum { SEED_MAX = 1 << 22 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Runs one file; 1 when it ran, 0 when it could not be read whole. */
static size_t replay_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file) {
        perror(path);
        return 0;
    }
    /* Exactly as long as the input, so that a sanitizer sees a read past its end. */
    struct stat about;
    size_t size = fstat(fileno(file), &about) == 0 && about.st_size <= SEED_MAX ? (size_t)about.st_size : SIZE_MAX;
    uint8_t *data = size == SIZE_MAX ? NULL : malloc(size ? size : 1);
    size_t ran = 0;
    if (data && fread(data, 1, size, file) == size) {
        /* Said before it runs: the last name in the log is the one that broke the target. */
        puts(path);
        fflush(stdout);
        (void)LLVMFuzzerTestOneInput(data, size);
        ran = 1;
    }
    free(data);
    fclose(file);
    return ran;
}

static int visible(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

/* Runs a file or every file of a folder, by name; the count of inputs, with those that failed to run in *failed. */
static size_t replay_path(const char *path, size_t *failed)
{
    struct dirent **entries = NULL;
    int count = scandir(path, &entries, visible, alphasort);
    if (count < 0) {
        size_t ran = replay_file(path);
        *failed += 1 - ran;
        return ran;
    }
    size_t ran = 0;
    for (int i = 0; i < count; i++) {
        char *file = NULL;
        if (asprintf(&file, "%s/%s", path, entries[i]->d_name) < 0)
            abort();
        size_t one = replay_file(file);
        ran += one;
        *failed += 1 - one;
        free(file);
        free(entries[i]);
    }
    free(entries);
    return ran;
}

int main(int argc, char **argv)
{
    size_t ran = 0;
    size_t failed = 0;
    for (int i = 1; i < argc; i++)
        ran += replay_path(argv[i], &failed);
    printf("%zu inputs replayed, %zu unreadable\n", ran, failed);
    return ran > 0 && failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

/*
 * replay.c -- give every file of a fuzzer's corpus to its target.
 *
 *   fuzz_X [FILE or FOLDER]...    default: $srcdir/tests/fuzz/corpus/X
 *
 * Under any compiler: `make check` keeps what fuzzers once found from coming
 * back. It speaks TAP; a crash ends it before its plan is complete. To search
 * for more, link the target with clang -fsanitize=fuzzer instead of this file.
 */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "sched/base/strbuf.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int replayed;

static void replay_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    struct strbuf bytes;
    char block[4096];
    size_t count;

    if (!file) {
        printf("not ok %d - %s cannot be opened\n", ++replayed, path);
        return;
    }
    strbuf_init(&bytes);
    while ((count = fread(block, 1, sizeof block, file)) > 0)
        strbuf_add(&bytes, block, count);
    fclose(file);
    printf("# %s\n", path);
    fflush(stdout);
    LLVMFuzzerTestOneInput((const uint8_t *)bytes.text, bytes.length);
    printf("ok %d - %s\n", ++replayed, path);
    strbuf_fini(&bytes);
}

static int is_visible(const struct dirent *item)
{
    return item->d_name[0] != '.';
}

static void replay(const char *path)
{
    struct dirent **item;
    struct stat status;
    char inner[4096];
    int count;

    if (stat(path, &status) != 0 || !S_ISDIR(status.st_mode)) {
        replay_file(path);
        return;
    }
    count = scandir(path, &item, is_visible, alphasort);
    for (int i = 0; i < count; i++) {
        snprintf(inner, sizeof inner, "%s/%s", path, item[i]->d_name);
        replay_file(inner);
        free(item[i]);
    }
    if (count >= 0)
        free(item);
}

int main(int argc, char **argv)
{
    const char *srcdir = getenv("srcdir");
    const char *target = strstr(argv[0], "fuzz_");
    char corpus[4096];

    /* The last one in the path: the folder's name may hold the word too. */
    for (const char *next = target; next; next = strstr(next + 1, "fuzz_"))
        target = next;
    snprintf(corpus, sizeof corpus, "%s/tests/fuzz/corpus/%s",
             srcdir ? srcdir : ".", target ? target + strlen("fuzz_") : "");
    for (int i = 1; i < argc; i++)
        replay(argv[i]);
    if (argc == 1)
        replay(corpus);
    printf("1..%d\n", replayed);
    return replayed > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

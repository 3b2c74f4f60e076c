/*
 * replay.c -- give every file of a fuzzer's corpus to its target, and what
 * comes of changing a few places in it.
 *
 *   fuzz_X [FILE or FOLDER]...    default: $srcdir/tests/fuzz/corpus/X
 *
 * Under any compiler: `make check` keeps what fuzzers once found from coming
 * back. Changes are the same each time, $CONCVIZ_TEST_MUTATIONS of every file
 * of the corpus; the input that is tried stays in fuzz_X.last if it ends the
 * program. It speaks TAP; a crash ends it before its plan is complete. To search
 * for more, link the target with clang -fsanitize=fuzzer instead of this file.
 */
#include <dirent.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sched/base/random.h"
#include "sched/base/strbuf.h"
#include "tests/fuzz/target.h"

enum {
    MUTATIONS = 10,      /* of a file, if nobody says how many */
    BYTES_MAX = 8 * 1024 /* larger files change too little for their time */
};

static int replayed, mutations;
static char last[4096]; /* the path of the input that is tried */

static bool read_file(struct strbuf *bytes, const char *path)
{
    FILE *file = fopen(path, "rb");
    char block[4096];
    size_t count;

    if (!file)
        return false;
    while ((count = fread(block, 1, sizeof block, file)) > 0)
        strbuf_add(bytes, block, count);
    fclose(file);
    return true;
}

/* --- changed inputs ------------------------------------------------------- */

static size_t below(uint64_t *random, size_t count)
{
    return (size_t)random_below(random, count);
}

/* A part of from, put where some bytes of text are, or in between. */
static void splice(struct strbuf *text, const struct strbuf *from,
                   uint64_t *random)
{
    size_t at = below(random, text->length + 1);
    size_t gone = below(random, 2) ? below(random, text->length - at + 1) : 0;
    size_t first = below(random, from->length + 1);
    size_t count = below(random, from->length - first + 1);
    struct strbuf out;

    if (below(random, 4) && count > 16)
        count = 1 + below(random, 16);
    strbuf_init(&out);
    strbuf_add(&out, text->text, at);
    strbuf_add(&out, from->text + first, count);
    strbuf_add(&out, text->text + at + gone, text->length - at - gone);
    strbuf_fini(text);
    *text = out;
}

static void change(struct strbuf *text, const struct strbuf *other,
                   uint64_t *random)
{
    static const char often[] = "0123456789 ,:;()[]=\"\n-.";
    size_t what = below(random, 4);

    if (what == 3)
        splice(text, text->length < BYTES_MAX ? text : other, random);
    else if (what == 2)
        splice(text, other, random);
    else if (text->length > 0)
        text->text[below(random, text->length)] =
            what ? often[below(random, sizeof often - 1)]
                 : (char)below(random, 256);
}

static void try_input(const struct strbuf *bytes)
{
    FILE *file = fopen(last, "wb");

    if (file) {
        fwrite(bytes->text, 1, bytes->length, file);
        fclose(file);
    }
    LLVMFuzzerTestOneInput((const uint8_t *)bytes->text, bytes->length);
}

static void mutate(const struct strbuf *bytes, const struct strbuf *other)
{
    uint64_t random = bytes->length;

    for (int i = 0; i < mutations && bytes->length < BYTES_MAX; i++) {
        size_t changes = 1 + below(&random, 4);
        struct strbuf text;

        strbuf_init(&text);
        strbuf_add(&text, bytes->text, bytes->length);
        while (changes-- > 0)
            change(&text, other, &random);
        try_input(&text);
        strbuf_fini(&text);
    }
}

/* --- files ---------------------------------------------------------------- */

/* other lends its parts; NULL: the file is tried as it is. */
static void replay_file(const char *path, const struct strbuf *other)
{
    struct strbuf bytes;

    strbuf_init(&bytes);
    printf("# %s\n", path);
    fflush(stdout);
    if (read_file(&bytes, path)) {
        LLVMFuzzerTestOneInput((const uint8_t *)bytes.text, bytes.length);
        if (other)
            mutate(&bytes, other);
        printf("ok %d - %s\n", ++replayed, path);
    } else {
        printf("not ok %d - %s cannot be opened\n", ++replayed, path);
    }
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
    struct strbuf before;
    char inner[4096];
    int count;

    if (stat(path, &status) != 0 || !S_ISDIR(status.st_mode)) {
        replay_file(path, NULL);
        return;
    }
    strbuf_init(&before);
    count = scandir(path, &item, is_visible, alphasort);
    for (int i = 0; i < count; i++) {
        snprintf(inner, sizeof inner, "%s/%s", path, item[i]->d_name);
        replay_file(inner, &before);
        strbuf_clear(&before);
        read_file(&before, inner);
        free(item[i]);
    }
    if (count >= 0)
        free(item);
    strbuf_fini(&before);
}

int main(int argc, char **argv)
{
    const char *srcdir = getenv("srcdir");
    const char *wanted = getenv("CONCVIZ_TEST_MUTATIONS");
    const char *target = strstr(argv[0], "fuzz_");
    char corpus[4096];

    /* The last one in the path: the folder's name may hold the word too. */
    for (const char *next = target; next; next = strstr(next + 1, "fuzz_"))
        target = next;
    mutations = wanted ? atoi(wanted) : MUTATIONS;
    snprintf(last, sizeof last, "%s.last", argv[0]);
    snprintf(corpus, sizeof corpus, "%s/tests/fuzz/corpus/%s",
             srcdir ? srcdir : ".", target ? target + strlen("fuzz_") : "");
    for (int i = 1; i < argc; i++)
        replay(argv[i]);
    if (argc == 1)
        replay(corpus);
    unlink(last);
    printf("1..%d\n", replayed);
    return replayed > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

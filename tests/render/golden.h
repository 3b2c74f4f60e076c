/*
 * golden.h -- frames are compared with the files of tests/golden, which `make
 * golden` writes anew.
 */
#ifndef CONCVIZ_TESTS_RENDER_GOLDEN_H
#define CONCVIZ_TESTS_RENDER_GOLDEN_H

#include <check.h>
#include <libintl.h>
#include <locale.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Whether the catalogue can be used here at all. */
static inline bool golden_in_korean(void)
{
    setenv("LANGUAGE", "ko", 1);
    if (!setlocale(LC_ALL, "C.UTF-8"))
        return false;
    bindtextdomain("concviz", "locale");
    bind_textdomain_codeset("concviz", "UTF-8");
    textdomain("concviz");
    return strcmp(gettext("MACHINE"), "MACHINE") != 0;
}

static inline char *golden_read(const char *name)
{
    enum {
        MOST = 256 * 1024
    };
    char *text = calloc(1, MOST);
    FILE *file = fopen(name, "r");

    if (file) {
        if (fread(text, 1, MOST - 1, file) == 0)
            text[0] = '\0';
        fclose(file);
    }
    return text;
}

static inline void golden_write(const char *name, const char *text)
{
    FILE *file = fopen(name, "w");

    ck_assert_ptr_nonnull(file);
    fputs(text, file);
    ck_assert_int_eq(fclose(file), 0);
}

/* Frees text, which is to be that of the file. A message has no room for so many
 * frames: only the first row is shown in which they differ. */
__attribute__((format(printf, 2, 3))) static inline void golden_expect(
    char *text, const char *file, ...)
{
    const char *srcdir = getenv("srcdir");
    char name[512], *wanted;
    size_t same = 0;
    int row = 1, length;
    va_list values;

    length = snprintf(name, sizeof name, "%s/tests/golden/",
                      srcdir ? srcdir : ".");
    va_start(values, file);
    vsnprintf(name + length, sizeof name - (size_t)length, file, values);
    va_end(values);
    if (getenv("UPDATE_GOLDEN"))
        golden_write(name, text);
    wanted = golden_read(name);
    while (text[same] && text[same] == wanted[same])
        row += text[same++] == '\n';
    while (same > 0 && text[same - 1] != '\n')
        same--;
    ck_assert_msg(!strcmp(text, wanted), "%s:%d:\n%.*s\ninstead of\n%.*s", name,
                  row, (int)strcspn(text + same, "\n"), text + same,
                  (int)strcspn(wanted + same, "\n"), wanted + same);
    free(wanted);
    free(text);
}

#endif

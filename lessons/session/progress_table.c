/*
 * progress_table.c -- tables for a spreadsheet, from one student or from many.
 *
 * The files of a class come from many hands. Nothing of them is passed on
 * before it has been read as what it claims to be, and a name can neither
 * begin a formula nor end its cell.
 */
#include "lessons/session/progress_table.h"

#include <errno.h>
#include <string.h>

#include "lessons/catalog.h"
#include "lessons/lesson.h"
#include "lessons/session/progress_file.h"
#include "sched/base/diag.h"
#include "sched/base/file.h"
#include "sched/base/i18n.h"
#include "sched/base/strbuf.h"
#include "sched/base/text.h"

enum {
    NAME_BYTES = 200,
    COMMAS = 10 /* in a row */
};

#define BYTE_ORDER_MARK "\xEF\xBB\xBF" /* spreadsheets write it */

static const char head[] = "name,lesson,question,date,answer,key,result,status,"
                           "exercise,tries,hints";

void progress_table_head(struct strbuf *out)
{
    strbuf_line(out, "%s", head);
}

/* --- rows ----------------------------------------------------------------- */

/* A spreadsheet computes what begins with one of these: an apostrophe keeps it
 * from that. */
static void add_name(struct strbuf *out, const char *name)
{
    char clean[NAME_BYTES];

    text_clean(clean, sizeof clean, name);
    strbuf_addc(out, '"');
    if (clean[0] && strchr("=+-@", clean[0]))
        strbuf_addc(out, '\'');
    for (const char *c = clean; *c; c++)
        strbuf_adds(out, *c == '"' ? "\"\"" : (char[]){ *c, '\0' });
    strbuf_addc(out, '"');
}

/* The right choice of question number `index` of a lesson, or CHOICE_NONE. */
static int key_of(const struct lesson *lesson, size_t index)
{
    for (size_t i = 0; lesson && i < lesson->screen_count; i++) {
        const struct lesson_screen *screen = &lesson->screen[i];

        if (screen->choice_count == 0 || index-- > 0)
            continue;
        for (size_t choice = 0; choice < screen->choice_count; choice++)
            if (screen->choice[choice].right)
                return (int)choice;
    }
    return CHOICE_NONE;
}

static void add_choice(struct strbuf *out, int choice)
{
    if (choice >= 0)
        strbuf_addc(out, (char)('a' + choice));
    else if (choice == CHOICE_UNKNOWN)
        strbuf_addc(out, '?');
}

static const char *result_of(int answer, int key)
{
    if (answer == CHOICE_NONE || key == CHOICE_NONE)
        return "";
    if (answer == CHOICE_UNKNOWN)
        return "unknown";
    return answer == key ? "right" : "wrong";
}

/* Question `index` of an entry; one that has none gets an empty row. */
static void add_row(const struct progress_entry *entry, const char *name,
                    const struct lesson *lesson, size_t index,
                    struct strbuf *out)
{
    bool asked = index < entry->choice_count;
    int answer = asked ? entry->choice[index] : CHOICE_NONE;
    int key = asked ? key_of(lesson, index) : CHOICE_NONE;

    add_name(out, name);
    strbuf_addf(out, ",%s,", entry->id);
    if (asked)
        strbuf_addf(out, "%zu,%s,", index + 1, entry->date[index]);
    else
        strbuf_adds(out, ",,");
    add_choice(out, answer);
    strbuf_addc(out, ',');
    add_choice(out, key);
    strbuf_line(out, ",%s,%s,%s,%d,%d", result_of(answer, key),
                entry->done ? "done" : "begun",
                progress_file_modify_word(entry->modify), entry->tries,
                entry->hints);
}

void progress_table_rows(const struct progress *progress, const char *name,
                         const struct catalog *catalog, struct strbuf *out)
{
    for (size_t i = 0; i < progress->count; i++) {
        const struct progress_entry *entry = &progress->entry[i];
        int number = catalog_find(catalog, entry->id);
        size_t row = 0;

        if (entry->removed)
            continue;
        do
            add_row(entry, name ? name : "",
                    number < 0 ? NULL : catalog_lesson(catalog, (size_t)number),
                    row++, out);
        while (row < entry->choice_count);
    }
}

/* --- files ---------------------------------------------------------------- */

/* "kim" of "class/kim.csv"; but all of "kim/progress.txt". */
static void name_of(const char *path, struct strbuf *name)
{
    const char *base = strrchr(path, '/') ? strrchr(path, '/') + 1 : path;
    const char *dot = strrchr(base, '.');
    size_t length = dot && dot > base ? (size_t)(dot - base) : strlen(base);

    if (length == strlen("progress") && strncmp(base, "progress", length) == 0)
        strbuf_adds(name, path);
    else
        strbuf_add(name, base, length);
}

/* Read the first cell of a row, and what follows its comma; NULL if the cell
 * has no end. */
static const char *read_name(const char *row, struct strbuf *name)
{
    bool quoted = *row == '"';

    for (row += quoted; *row; row++) {
        if (!quoted && *row == ',')
            return row + 1;
        if (quoted && *row == '"') {
            if (row[1] == ',')
                return row + 2;
            if (*++row != '"')
                return NULL;
        }
        strbuf_addc(name, *row);
    }
    return NULL;
}

/* The cells after the name: words, numbers and dates of ours. */
static bool are_cells(const char *cells)
{
    int commas = 1; /* the one after the name */

    if (strspn(cells, "abcdefghijklmnopqrstuvwxyz0123456789-?,") !=
        strlen(cells))
        return false;
    for (; *cells; cells++)
        commas += *cells == ',';
    return commas == COMMAS;
}

static bool add_table_row(const char *row, const char *usual,
                          struct strbuf *out)
{
    struct strbuf name;
    const char *cells, *begin;

    strbuf_init(&name);
    cells = read_name(row, &name);
    if (cells && are_cells(cells)) {
        begin = name.text; /* the apostrophe of add_name comes again */
        begin += begin[0] == '\'' && begin[1] && strchr("=+-@", begin[1]);
        add_name(out, *begin ? begin : usual);
        strbuf_line(out, ",%s", cells);
    } else {
        cells = NULL;
    }
    strbuf_fini(&name);
    return cells;
}

/* The number of the first line that is wrong, or 0. Changes text. */
static int add_table(char *text, const char *usual, struct strbuf *out)
{
    char *save = NULL, *row = strtok_r(text, "\r\n", &save);

    for (int number = 2; (row = strtok_r(NULL, "\r\n", &save)); number++)
        if (!add_table_row(row, usual, out))
            return number;
    return 0;
}

static bool is_table(const char *text)
{
    size_t length = sizeof head - 1;

    return strncmp(text, head, length) == 0 &&
           (!text[length] || strchr("\r\n", text[length]));
}

static bool add_progress(const char *path, const char *usual,
                         const struct catalog *catalog, struct strbuf *out,
                         struct diag *diag)
{
    struct progress *progress = progress_load(path, diag);

    if (!*diag->message && progress->count == 0 && !progress->ours)
        diag_set(diag, path, 0, 0,
                 _("neither a progress file nor a table made by "
                   "concviz progress --csv"));
    if (!*diag->message)
        progress_table_rows(progress, usual, catalog, out);
    progress_free(progress);
    return !*diag->message;
}

/* A file that has been read. */
static bool add_file(const char *path, struct strbuf *text,
                     const struct catalog *catalog, struct strbuf *out,
                     struct diag *diag)
{
    size_t mark = strlen(BYTE_ORDER_MARK);
    char *begin = text->text;
    struct strbuf name;
    int wrong = 0;
    bool added;

    strbuf_init(&name);
    name_of(path, &name);
    begin += strncmp(begin, BYTE_ORDER_MARK, mark) == 0 ? mark : 0;
    if (is_table(begin)) {
        wrong = add_table(begin, name.text, out);
        added = !wrong;
    } else {
        added = add_progress(path, name.text, catalog, out, diag);
    }
    if (wrong)
        diag_set(diag, path, wrong, 0,
                 _("not a row of a table made by concviz progress --csv"));
    strbuf_fini(&name);
    return added;
}

bool progress_table_file(const char *path, const struct catalog *catalog,
                         struct strbuf *out, struct diag *diag)
{
    struct strbuf text, rows;
    int error;
    bool added = false;

    strbuf_init(&text);
    strbuf_init(&rows);
    error = file_read(path, PROGRESS_BYTES_MAX, &text);
    if (text.length == PROGRESS_BYTES_MAX)
        error = -EFBIG;
    if (error)
        diag_set(diag, path, 0, 0, _("cannot be read: %s"), strerror(-error));
    else if (memchr(text.text, '\0', text.length))
        diag_set(diag, path, 0, 0, _("not a text file"));
    else
        added = add_file(path, &text, catalog, &rows, diag);
    if (added)
        strbuf_add(out, rows.text, rows.length);
    strbuf_fini(&rows);
    strbuf_fini(&text);
    return added;
}

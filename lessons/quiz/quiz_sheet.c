/*
 * quiz_sheet.c -- the exercise on paper: as text, and as a page of SVG.
 */
#include <stdio.h>
#include <string.h>

#include "lessons/quiz/quiz.h"
#include "sched/base/clock.h"
#include "sched/base/i18n.h"
#include "sched/base/strbuf.h"
#include "sched/trace/mode.h"
#include "sched/workload/workload.h"

enum {
    CELL_PIXELS = 26,
    LEFT_PIXELS = 60,
    PAGE_PIXELS = 640 /* at least: the workload is above */
};

static const struct {
    char letter;
    const char *meaning;
    const char *fill; /* of the key's cells: printable in grey */
} cells[QUIZ_CELLS] = {
    [QUIZ_NOTHING] = { ' ', N_("not there yet, or done"), "#ffffff" },
    [QUIZ_RUNNING] = { 'R', N_("runs at a machine"), "#9ecae1" },
    [QUIZ_LINE] = { 'L', N_("stands in line"), "#f0f0f0" },
    [QUIZ_AWAY] = { 'S', N_("sleeps, away from the machine"), "#fff7bc" },
    [QUIZ_BLOCKED] = { 'W', N_("waits for a lock"), "#fcbba1" },
    [QUIZ_HELD] = { 'H', N_("holds a machine without computing"), "#d9d9d9" },
};

char quiz_letter(enum quiz_cell cell)
{
    return cells[cell].letter;
}

const char *quiz_meaning(enum quiz_cell cell)
{
    return _(cells[cell].meaning);
}

void quiz_describe(const struct quiz *quiz, struct strbuf *out)
{
    const struct lesson_settings *settings = &quiz->settings;

    strbuf_addf(out, _("Exercise %llu, level %d: mode %s, machines: %d"),
                (unsigned long long)quiz->seed, quiz->difficulty,
                settings->mode, settings->machines);
    if (mode_traits(settings->mode) & PREEMPTIVE)
        strbuf_addf(out, _(", time slice %d ms"),
                    (int)(settings->slice_ns / NS_PER_MS));
}

/* Cells an answer can have in this exercise: locks only where there are. */
static bool used(const struct quiz *quiz, enum quiz_cell cell)
{
    if (cell == QUIZ_AWAY || cell == QUIZ_HELD)
        return quiz->difficulty > 1;
    return cell != QUIZ_BLOCKED || quiz->difficulty > 2;
}

static void print_legend(const struct quiz *quiz, struct strbuf *out)
{
    strbuf_addf(out, _("Write into every cell of %d ms:"), QUIZ_CELL_MS);
    strbuf_addc(out, '\n');
    for (int i = QUIZ_RUNNING; i < QUIZ_CELLS; i++)
        if (used(quiz, (enum quiz_cell)i))
            strbuf_addf(out, "    %c  %s\n", cells[i].letter,
                        quiz_meaning((enum quiz_cell)i));
    strbuf_addf(out, "       %s\n", quiz_meaning(QUIZ_NOTHING));
}

static void print_times(const struct quiz *quiz, struct strbuf *out)
{
    size_t start = out->length;

    for (size_t column = 0; column <= quiz->columns;
         column += QUIZ_LABEL_COLUMNS) {
        while (out->length - start < 4 + 2 * column)
            strbuf_addc(out, ' ');
        strbuf_addf(out, column ? "%zu" : "%zums", column * QUIZ_CELL_MS);
    }
    strbuf_addc(out, '\n');
}

void quiz_text(const struct quiz *quiz, bool answers, struct strbuf *out)
{
    quiz_describe(quiz, out);
    strbuf_adds(out, "\n\n");
    for (const char *c = quiz->program; *c; c++) {
        if (c == quiz->program || c[-1] == '\n')
            strbuf_adds(out, "    ");
        strbuf_addc(out, *c);
    }
    strbuf_addc(out, '\n');
    print_legend(quiz, out);
    strbuf_addc(out, '\n');
    print_times(quiz, out);
    for (size_t row = 0; row < quiz->rows; row++) {
        strbuf_addf(out, " %-2s |", quiz->workload->task[row].name);
        for (size_t column = 0; column < quiz->columns; column++)
            strbuf_addf(out, "%c|",
                        answers ? cells[quiz->key[row][column]].letter : '_');
        strbuf_addc(out, '\n');
    }
}

/* --- SVG ------------------------------------------------------------------ */

static void add_text(struct strbuf *out, int x, int y, const char *text,
                     size_t length)
{
    strbuf_addf(out, "<text x=\"%d\" y=\"%d\" xml:space=\"preserve\">", x, y);
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '<')
            strbuf_adds(out, "&lt;");
        else if (text[i] == '&')
            strbuf_adds(out, "&amp;");
        else
            strbuf_addc(out, text[i]);
    }
    strbuf_adds(out, "</text>\n");
}

/* All lines of text below y; returns where the next one would be. */
static int add_lines(struct strbuf *out, int y, const char *text)
{
    while (*text) {
        size_t length = strcspn(text, "\n");

        add_text(out, 20, y, text, length);
        text += length + (text[length] == '\n');
        y += 20;
    }
    return y;
}

static void add_cell(struct strbuf *out, int x, int y, enum quiz_cell cell,
                     bool answers)
{
    strbuf_addf(out,
                "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" "
                "fill=\"%s\" stroke=\"#444444\"/>\n",
                x, y, CELL_PIXELS, CELL_PIXELS,
                answers ? cells[cell].fill : "#ffffff");
    if (answers && cell != QUIZ_NOTHING)
        add_text(out, x + 9, y + 18, &cells[cell].letter, 1);
}

static int add_grid(const struct quiz *quiz, struct strbuf *out, int y,
                    bool answers)
{
    char label[32];

    for (size_t column = 0; column <= quiz->columns;
         column += QUIZ_LABEL_COLUMNS) {
        snprintf(label, sizeof label, column ? "%zu" : "%zums",
                 column * QUIZ_CELL_MS);
        add_text(out, LEFT_PIXELS + (int)column * CELL_PIXELS, y, label,
                 strlen(label));
    }
    y += 8;
    for (size_t row = 0; row < quiz->rows; row++) {
        const char *name = quiz->workload->task[row].name;

        add_text(out, 30, y + 18, name, strlen(name));
        for (size_t column = 0; column < quiz->columns; column++)
            add_cell(out, LEFT_PIXELS + (int)column * CELL_PIXELS, y,
                     quiz->key[row][column], answers);
        y += CELL_PIXELS;
    }
    return y;
}

void quiz_svg(const struct quiz *quiz, bool answers, struct strbuf *out)
{
    struct strbuf page, words;
    int width = LEFT_PIXELS + (int)quiz->columns * CELL_PIXELS + 20, y = 40;

    if (width < PAGE_PIXELS)
        width = PAGE_PIXELS;
    strbuf_init(&page);
    strbuf_init(&words);
    quiz_describe(quiz, &words);
    y = add_lines(&page, y, words.text);
    y = add_lines(&page, y + 10, quiz->program);
    strbuf_clear(&words);
    print_legend(quiz, &words);
    y = add_lines(&page, y + 10, words.text);
    y = add_grid(quiz, &page, y + 20, answers);
    strbuf_addf(out,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" "
                "height=\"%d\" viewBox=\"0 0 %d %d\" "
                "font-family=\"monospace\" font-size=\"14\">\n"
                "<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>\n",
                width, y + 20, width, y + 20);
    strbuf_add(out, page.text, page.length);
    strbuf_adds(out, "</svg>\n");
    strbuf_fini(&words);
    strbuf_fini(&page);
}

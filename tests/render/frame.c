/*
 * frame.c -- print one frame, for people who work on the picture.
 *
 *   frame WORKLOAD MODE MS WIDTHxHEIGHT [option...]
 *
 * Options: ascii large machine why help numbers running ko, roles (instead of
 * characters), dark light mono (an SVG picture), machines=N cursor=MS
 * selected=N scale=MS left=MS, bench (how long a frame takes).
 */
#include <libintl.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "render/cells/cells.h"
#include "render/draw/screen.h"
#include "render/output/backend.h"
#include "sched/base/clock.h"
#include "sched/base/strbuf.h"
#include "sched/history/history.h"
#include "tests/render/picture.h"

static const char *const help[] = { "Space\tpause and go on",
                                    "← →\tone step back or forward",
                                    "+ -\tfaster, slower", "?\tthis help",
                                    NULL };

struct wanted {
    enum theme theme; /* THEME_AUTO: text */
    int roles, machines, bench;
};

static int64_t number(const char *text)
{
    return strtoll(strchr(text, '=') + 1, NULL, 10);
}

static void speak_korean(void)
{
    setenv("LANGUAGE", "ko", 1);
    setlocale(LC_ALL, "C.UTF-8");
    bindtextdomain("concviz", "locale");
    bind_textdomain_codeset("concviz", "UTF-8");
    textdomain("concviz");
}

static void apply(struct view *view, struct wanted *wanted, const char *word)
{
    static const char *const themes[] = { "text", "dark", "light", "mono" };

    view->glyphs = strcmp(word, "ascii") ? view->glyphs : GLYPHS_ASCII;
    view->large |= !strcmp(word, "large");
    view->by_machine |= !strcmp(word, "machine");
    view->panel = !strcmp(word, "why")       ? PANEL_WHY
                  : !strcmp(word, "help")    ? PANEL_HELP
                  : !strcmp(word, "numbers") ? PANEL_NUMBERS
                                             : view->panel;
    view->play = strcmp(word, "running") ? view->play : PLAY_RUNNING;
    wanted->roles |= !strcmp(word, "roles");
    wanted->bench |= !strcmp(word, "bench");
    for (int i = 1; i < 4; i++)
        wanted->theme = strcmp(word, themes[i]) ? wanted->theme : (enum theme)i;
    if (!strncmp(word, "machines=", 9))
        wanted->machines = (int)number(word);
    else if (!strncmp(word, "cursor=", 7))
        view->cursor_ns = number(word) * NS_PER_MS;
    else if (!strncmp(word, "selected=", 9))
        view->selected = (int)number(word);
    else if (!strncmp(word, "scale=", 6))
        view->scale_ns = number(word) * NS_PER_MS;
    else if (!strncmp(word, "left=", 5))
        view->left_ns = number(word) * NS_PER_MS;
    if (!strcmp(word, "ko"))
        speak_korean();
}

static void bench(struct cells *cells, struct picture *picture)
{
    enum {
        ROUNDS = 300
    };
    int64_t end = history_end(picture->history), from = clock_now_ns();

    for (int i = 0; i < ROUNDS; i++) {
        picture->view.t_ns = end / ROUNDS * i;
        screen_draw(cells, picture->history, &picture->view);
    }
    printf("%.3f ms a frame\n",
           (double)(clock_now_ns() - from) / ROUNDS / NS_PER_MS);
}

static void print(struct cells *cells, struct picture *picture,
                  const struct wanted *wanted)
{
    struct strbuf text;

    strbuf_init(&text);
    screen_draw(cells, picture->history, &picture->view);
    if (wanted->theme != THEME_AUTO)
        backend_svg(&text, cells, wanted->theme);
    else if (wanted->roles)
        picture_roles(&text, cells);
    else
        backend_text(&text, cells);
    fputs(text.text, stdout);
    strbuf_fini(&text);
}

int main(int argc, char **argv)
{
    struct picture picture;
    struct wanted wanted = { THEME_AUTO, 0, 0, 0 };
    struct view view;
    struct cells cells;
    int width, height;

    if (argc < 5 || sscanf(argv[4], "%dx%d", &width, &height) != 2)
        return EXIT_FAILURE;
    view_init(&view);
    for (int i = 5; i < argc; i++)
        apply(&view, &wanted, argv[i]);
    picture_open(&picture, argv[1], argv[2], wanted.machines);
    view.footer = picture.view.footer;
    view.help = help;
    view.t_ns = strtoll(argv[3], NULL, 10) * NS_PER_MS;
    picture.view = view;
    cells_init(&cells, width, height);
    if (wanted.bench)
        bench(&cells, &picture);
    else
        print(&cells, &picture, &wanted);
    cells_fini(&cells);
    picture_close(&picture);
    return EXIT_SUCCESS;
}

/*
 * option_table.c -- all options: how they are called, where they mean
 * something, and which field of struct options they set.
 */
#include "cli/options/options.h"

#include <string.h>

#include "cli/options/option_set.h"
#include "sched/base/diag.h"
#include "sched/base/i18n.h"
#include "sched/base/text.h"
#include "sched/base/xalloc.h"
#include "sched/trace/mode.h"

enum {
    WITH_BYTES = 160 /* more would hide what is wrong with it in a message */
};

/* Wherever a run is asked for. */
#define FOR_MODES (FOR_RUN | FOR_EXPORT)

/* Wherever runs are shown live. */
#define FOR_LIVE (FOR_RUN | FOR_LESSON | FOR_WHATIF | FOR_EXPLORE | FOR_TAPE)

/* --- setters -------------------------------------------------------------- */

/* Define set_FIELD, which stores a value of that type. */
#define SETTER(type, field)                                                    \
    static bool set_##field(struct options *options,                           \
                            const struct option_value *value)                  \
    {                                                                          \
        return option_set_##type(value, &options->field);                      \
    }

SETTER(duration, slice_ns)
SETTER(policy, policy)
SETTER(choice, tie)
SETTER(choice, preempted)
SETTER(number, seed)
SETTER(choice, lines)
SETTER(duration, gil_ns)
SETTER(duration, switch_cost_ns)
SETTER(duration, limit_ns)
SETTER(flag, model)
SETTER(text, schedule)
SETTER(text, vary)
SETTER(number, schedules)
SETTER(number, max_preemptions)
SETTER(choice, view)
SETTER(flag, json)
SETTER(duration, at_ns)
SETTER(flag, svg)
SETTER(file, sound)
SETTER(file, record)
SETTER(file, input)
SETTER(factor, speed)
SETTER(flag, step)
SETTER(flag, kernel)
SETTER(flag, output)
SETTER(flag, follow)
SETTER(choice, to)
SETTER(file, save)
SETTER(text, question)
SETTER(flag, perfetto_states)
SETTER(choice, show)
SETTER(choice, theme)
SETTER(flag, no_color)
SETTER(flag, ascii)
SETTER(flag, large)
SETTER(flag, no_motion)
SETTER(flag, mouse)
SETTER(flag, class_mode)
SETTER(flag, lecturer)
SETTER(flag, blank)
SETTER(flag, answers)
SETTER(choice, format)
SETTER(flag, csv)
SETTER(text, name)
SETTER(number, page)
SETTER(flag, help)
SETTER(flag, version)

static bool set_machines(struct options *options,
                         const struct option_value *value)
{
    return option_set_range(value, &options->machines, &options->machines_last);
}

static bool set_frame(struct options *options, const struct option_value *value)
{
    return option_set_size(value, &options->frame_width,
                           &options->frame_height);
}

static bool set_level(struct options *options, const struct option_value *value)
{
    int index;

    if (!option_set_choice(value, &index))
        return false;
    options->level = index + 1;
    return true;
}

static bool set_cast(struct options *options, const struct option_value *value)
{
    int index;

    if (!option_set_choice(value, &index))
        return false;
    options->cast = 2 + index;
    return true;
}

static bool set_mode(struct options *options, const struct option_value *value)
{
    int index;

    if (!option_set_choice(value, &index))
        return false;
    options->mode = (int)(mode_find(value->text) - mode_table);
    return true;
}

/* "coroutine,threads" */
static bool set_modes(struct options *options, const struct option_value *value)
{
    const char *comma = strchr(value->text, ',');

    for (int first = 0; comma && first < MODE_COUNT; first++) {
        const struct mode *second = mode_find(comma + 1);
        const char *name = mode_table[first].name;
        size_t length = (size_t)(comma - value->text);

        if (!second || strlen(name) != length ||
            memcmp(name, value->text, length) != 0)
            continue;
        options->modes[0] = first;
        options->modes[1] = (int)(second - mode_table);
        return true;
    }
    return option_set_refuse(value, _("two modes like coroutine,threads"));
}

/* Which text it is of two: on the screen it is the name of its run. */
static bool set_with(struct options *options, const struct option_value *value)
{
    int index = options->with[0] ? 1 : 0;
    char clean[WITH_BYTES];

    if (options->with[index]) {
        diag_set(value->diag, NULL, 0, 0,
                 _("--with can be given twice: two runs are compared"));
        return false;
    }
    if (strlen(value->text) >= sizeof clean)
        return option_set_refuse(value, _("a mode and its options, like "
                                          "'threads --slice 20'"));
    options->with[index] = xstrdup(
        text_clean(clean, sizeof clean, value->text));
    return true;
}

static bool set_language(struct options *options,
                         const struct option_value *value)
{
    static const char *const language[] = { "en", "ko" };
    int index;

    if (!option_set_choice(value, &index))
        return false;
    options->language = language[index];
    return true;
}

/* --- the table ------------------------------------------------------------ */

const struct option_spec option_table[] = {
    { "machines", 0, GROUP_RUN, FOR_MODES | FOR_WHATIF | FOR_PROGRAM, "N|N-N",
      set_machines, N_("how many machines (cores); what-if: 1-64") },
    { "slice", 0, GROUP_RUN, FOR_MODES | FOR_WHATIF, "MS", set_slice_ns,
      N_("time slice of threads and parallel; 0: none (100)") },
    { "policy", 0, GROUP_RUN, FOR_MODES | FOR_WHATIF | FOR_PROGRAM,
      "fifo|priority|random|pick|sjf|srtf|mlfq|lottery|fair|rm|edf", set_policy,
      N_("who goes next; pick: you choose") },
    { "tie", 0, GROUP_RUN, FOR_MODES | FOR_WHATIF, "arrival|running", set_tie,
      N_("who is first if somebody arrives as a slice ends") },
    { "preempted", 0, GROUP_RUN, FOR_MODES | FOR_WHATIF, "front|tail",
      set_preempted, N_("where they wait whom somebody more important stops") },
    { "seed", 0, GROUP_RUN,
      FOR_MODES | FOR_LESSON | FOR_EXPLORE | FOR_WHATIF | FOR_PROGRAM, "N",
      set_seed, N_("repeat the same random run, search or quiz") },
    { "lines", 0, GROUP_RUN, FOR_MODES | FOR_WHATIF, "shared|own", set_lines,
      N_("who serves a line: all machines or its own") },
    { "gil", 0, GROUP_RUN, FOR_MODES | FOR_WHATIF, "MS", set_gil_ns,
      N_("one lock (GIL) for all threads, passed on after MS") },
    { "switch-cost", 0, GROUP_RUN, FOR_MODES | FOR_WHATIF, "MS",
      set_switch_cost_ns, N_("the cost of a switch (only with --model)") },
    { "limit", 0, GROUP_RUN, FOR_MODES | FOR_WHATIF | FOR_EXPLORE, "MS",
      set_limit_ns, N_("end the run after this time") },
    { "model", 0, GROUP_RUN, FOR_MODES | FOR_LESSON | FOR_WHATIF, NULL,
      set_model, N_("compute it on an ideal machine, run nothing") },
    { "mode", 0, GROUP_RUN, FOR_EXPLORE | FOR_WHATIF | FOR_EXPORT,
      "sequential|coroutine|threads|parallel|hybrid", set_mode,
      N_("of explore (threads), what-if (parallel), export") },
    { "vary", 0, GROUP_RUN, FOR_WHATIF, N_("KNOB=VALUES"), set_vary,
      N_("what-if: slice=1-200, policy=fifo,random, ...") },
    { "modes", 0, GROUP_RUN, FOR_COMPARE | FOR_EXPORT, N_("MODE,MODE"),
      set_modes, N_("the two modes to compare (coroutine,parallel)") },
    { "with", 0, GROUP_RUN, FOR_COMPARE | FOR_EXPORT, N_("'MODE OPTIONS'"),
      set_with, N_("or any two runs: give it twice") },
    { "schedule", 0, GROUP_RUN, FOR_REPLAY | FOR_EXPORT | FOR_PROGRAM,
      N_("CODE"), set_schedule,
      N_("replay a schedule that concviz explore has found") },

    { "schedules", 0, GROUP_EXPLORE, FOR_EXPLORE, "N", set_schedules,
      N_("how many schedules to try (10000 or more)") },
    { "max-preemptions", 0, GROUP_EXPLORE, FOR_EXPLORE, "K",
      set_max_preemptions,
      N_("in order, try none with more than K preemptions") },

    { "view", 0, GROUP_OUTPUT,
      FOR_RUN | FOR_TAPE | FOR_WHATIF | FOR_EXPLORE | FOR_PROGRAM,
      "auto|live|plain|none", set_view,
      N_("live screen, event text, or nothing") },
    { "json", 0, GROUP_OUTPUT, FOR_RUN | FOR_TAPE | FOR_REPORT | FOR_PROGRAM,
      NULL, set_json, N_("print the report as JSON and nothing else") },
    { "frame", 0, GROUP_OUTPUT, FOR_MODES | FOR_TAPE | FOR_LESSON | FOR_PROGRAM,
      "WxH", set_frame, N_("print one frame of the screen as text") },
    { "at", 0, GROUP_OUTPUT, FOR_MODES | FOR_TAPE | FOR_PROGRAM, "MS",
      set_at_ns, N_("the time --frame shows; by default the end") },
    { "svg", 0, GROUP_OUTPUT, FOR_RUN | FOR_TAPE | FOR_LESSON | FOR_PROGRAM,
      NULL, set_svg, N_("--frame as an SVG picture instead of text") },
    { "sound", 0, GROUP_OUTPUT, FOR_RUN | FOR_TAPE | FOR_PROGRAM,
      N_("FILE.wav"), set_sound, N_("write down what the run sounds like") },
    { "record", 0, GROUP_OUTPUT, FOR_REPLAY | FOR_PROGRAM, N_("FILE"),
      set_record, N_("keep the run in a file while it goes on") },
    { "kernel", 0, GROUP_OUTPUT, FOR_REPLAY, NULL, set_kernel,
      N_("threads and parallel: as the kernel sees it") },
    { "speed", 0, GROUP_OUTPUT, FOR_LIVE | FOR_EXPORT | FOR_PROGRAM, "X",
      set_speed, N_("speed of the picture, never of the run") },
    { "step", 0, GROUP_OUTPUT, FOR_RUN | FOR_TAPE | FOR_PROGRAM, NULL, set_step,
      N_("start paused at the first event") },
    { "output", 0, GROUP_OUTPUT, FOR_REPLAY | FOR_TAPE | FOR_PROGRAM, NULL,
      set_output, N_("at the end, print what the program said") },
    { "stdin", 0, GROUP_OUTPUT, FOR_PROGRAM | FOR_EXPLORE, N_("FILE"),
      set_input, N_("what another program reads; by default nothing") },
    { "follow", 0, GROUP_OUTPUT, FOR_TAPE, NULL, set_follow,
      N_("replay: go on reading what is still written") },

    { "to", 0, GROUP_EXPORT, FOR_EXPORT,
      "html|chrome|speedscope|csv|text|svg|cast", set_to,
      N_("what is written") },
    { "save", 'o', GROUP_EXPORT, FOR_EXPORT, N_("FILE"), set_save,
      N_("where to; standard output without it") },
    { "question", 0, GROUP_EXPORT, FOR_EXPORT, N_("TEXT"), set_question,
      N_("html: asked before the run is shown") },
    { "cast", 0, GROUP_EXPORT, FOR_EXPORT, "2|3", set_cast,
      N_("version of asciicast (2)") },
    { "perfetto-states", 0, GROUP_EXPORT, FOR_EXPORT, NULL, set_perfetto_states,
      N_("chrome: thread states, too, for Perfetto only") },

    { "theme", 0, GROUP_LOOK, FOR_LIVE | FOR_EXPORT | FOR_PROGRAM,
      "auto|dark|light|mono", set_theme,
      N_("colours for a dark or light terminal") },
    { "no-color", 0, GROUP_LOOK, FOR_LIVE | FOR_EXPORT | FOR_PROGRAM, NULL,
      set_no_color, N_("no colours, as with NO_COLOR") },
    { "ascii", 0, GROUP_LOOK, FOR_LIVE | FOR_EXPORT | FOR_PROGRAM, NULL,
      set_ascii, N_("draw with ASCII characters only") },
    { "large", 0, GROUP_LOOK, FOR_LIVE | FOR_EXPORT | FOR_PROGRAM, NULL,
      set_large, N_("big letters, for a lecture hall") },
    { "show", 0, GROUP_LOOK, FOR_LIVE | FOR_EXPORT | FOR_PROGRAM,
      "program|output|picture", set_show,
      N_("what is beside the picture, or in its place") },
    { "no-motion", 0, GROUP_LOOK, FOR_LIVE | FOR_EXPORT | FOR_PROGRAM, NULL,
      set_no_motion, N_("no animation: no trails behind people who move") },
    { "mouse", 0, GROUP_LOOK, FOR_LIVE | FOR_PROGRAM, NULL, set_mouse,
      N_("wheel and clicks work; selecting text does not") },

    { "class", 0, GROUP_LESSON, FOR_LESSON, NULL, set_class_mode,
      N_("in class: two votes, then the run") },
    { "lecturer", 0, GROUP_LESSON, FOR_LESSON, NULL, set_lecturer,
      N_("show notes for the lecturer") },
    { "page", 0, GROUP_LESSON, FOR_LESSON, "N", set_page,
      N_("with --frame: which page; the first question") },
    { "level", 0, GROUP_LESSON, FOR_LESSON, "1|2|3", set_level,
      N_("quiz: how hard; by default the seed chooses") },
    { "blank", 0, GROUP_LESSON, FOR_LESSON, NULL, set_blank,
      N_("quiz: print the exercise, to be filled in") },
    { "answers", 0, GROUP_LESSON, FOR_LESSON, NULL, set_answers,
      N_("quiz: print the answers") },
    { "format", 0, GROUP_LESSON, FOR_LESSON, "text|svg", set_format,
      N_("quiz: as text, or as a page to print") },
    { "csv", 0, GROUP_LESSON, FOR_PROGRESS, NULL, set_csv,
      N_("progress: as a table for a spreadsheet") },
    { "name", 0, GROUP_LESSON, FOR_PROGRESS, "NAME", set_name,
      N_("progress --csv: whose table it is") },

    { "lang", 0, GROUP_OTHER, FOR_ALL, "en|ko", set_language,
      N_("language; overrides LANGUAGE and the locale") },
    { "help", 'h', GROUP_OTHER, FOR_ALL, NULL, set_help, N_("show this help") },
    { "version", 'V', GROUP_OTHER, FOR_ALL, NULL, set_version,
      N_("show the version") },
    { .name = NULL },
};

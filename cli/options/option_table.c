#include "cli/options/options.h"

#include "sched/base/i18n.h"

static const char *const policies[] = { "fifo", "priority", "random", "pick",
                                        NULL };
static const char *const lines[] = { "shared", "own", NULL };
static const char *const views[] = { "auto", "live", "plain", "none", NULL };
static const char *const themes[] = { "auto", "dark", "light", "mono", NULL };
const char *const option_explored_modes[] = { "coroutine", "threads",
                                              "parallel", "hybrid", NULL };
static const char *const languages[] = { "en", "ko", NULL };

/* In the order of executor_table. */
static const char *const modes[] = { "sequential", "coroutine", "threads",
                                     "parallel",   "hybrid",    NULL };
static const char *const formats[] = { "text", "svg", NULL };

#define AT(field) offsetof(struct options, field)

/* Wherever runs are shown live. */
#define FOR_LIVE (FOR_RUN | FOR_LESSON | FOR_WHATIF)

const struct option_spec option_table[] = {
    { "machines", 0, OPTION_RANGE, GROUP_RUN, FOR_RUN | FOR_WHATIF, "N|N-N",
      NULL, AT(machines), N_("how many machines (cores); what-if: 1-64") },
    { "slice", 0, OPTION_DURATION, GROUP_RUN, FOR_RUN | FOR_WHATIF, "MS", NULL,
      AT(slice_ns), N_("time slice of threads, parallel; 0: none (100)") },
    { "policy", 0, OPTION_CHOICE, GROUP_RUN, FOR_RUN,
      "fifo|priority|random|pick", policies, AT(policy),
      N_("who is next; pick: you choose") },
    { "seed", 0, OPTION_NUMBER, GROUP_RUN, FOR_RUN | FOR_LESSON | FOR_EXPLORE,
      "N", NULL, AT(seed),
      N_("repeat this run of --policy random, this search") },
    { "lines", 0, OPTION_CHOICE, GROUP_RUN, FOR_RUN | FOR_WHATIF, "shared|own",
      lines, AT(lines), N_("who serves a line: all machines, or its own") },
    { "gil", 0, OPTION_DURATION, GROUP_RUN, FOR_RUN | FOR_WHATIF, "MS", NULL,
      AT(gil_ns), N_("one key for all threads, handed over after MS") },
    { "switch-cost", 0, OPTION_DURATION, GROUP_RUN, FOR_RUN, "MS", NULL,
      AT(switch_cost_ns), N_("what a switch costs (with --model only)") },
    { "limit", 0, OPTION_DURATION, GROUP_RUN,
      FOR_RUN | FOR_WHATIF | FOR_EXPLORE, "MS", NULL, AT(limit_ns),
      N_("end the run at this time") },
    { "model", 0, OPTION_FLAG, GROUP_RUN, FOR_LIVE, NULL, NULL, AT(model),
      N_("compute it on the ideal machine, run nothing") },
    { "modes", 0, OPTION_PAIR, GROUP_RUN, FOR_COMPARE, "MODE,MODE", modes,
      AT(modes), N_("which two to compare (coroutine,parallel)") },
    { "schedule", 0, OPTION_TEXT, GROUP_RUN, FOR_REPLAY, "CODE", NULL,
      AT(schedule), N_("replay what concviz explore has found") },

    { "mode", 0, OPTION_CHOICE, GROUP_EXPLORE, FOR_EXPLORE | FOR_WHATIF,
      "coroutine|threads|parallel|hybrid", option_explored_modes,
      AT(explore_mode), N_("explore (threads) or what-if (parallel) in it") },
    { "schedules", 0, OPTION_NUMBER, GROUP_EXPLORE, FOR_EXPLORE, "N", NULL,
      AT(schedules), N_("how many schedules to try (10000)") },
    { "max-preemptions", 0, OPTION_NUMBER, GROUP_EXPLORE, FOR_EXPLORE, "K",
      NULL, AT(max_preemptions),
      N_("stop tasks K times in those tried in order (2)") },

    { "view", 0, OPTION_CHOICE, GROUP_OUTPUT, FOR_RUN | FOR_WHATIF,
      "auto|live|plain|none", views, AT(view),
      N_("live screen, event text, or nothing") },
    { "json", 0, OPTION_FLAG, GROUP_OUTPUT, FOR_RUN | FOR_REPORT, NULL, NULL,
      AT(json), N_("print the report as JSON and nothing else") },
    { "frame", 0, OPTION_SIZE, GROUP_OUTPUT, FOR_RUN | FOR_LESSON, "WxH", NULL,
      AT(frame_width), N_("print one frame of the screen as text") },
    { "at", 0, OPTION_DURATION, GROUP_OUTPUT, FOR_RUN, "MS", NULL, AT(at_ns),
      N_("the time that --frame shows; the end by default") },
    { "svg", 0, OPTION_FLAG, GROUP_OUTPUT, FOR_RUN | FOR_LESSON, NULL, NULL,
      AT(svg), N_("--frame as an SVG picture instead of text") },
    { "sound", 0, OPTION_FILE, GROUP_OUTPUT, FOR_RUN, "FILE.wav", NULL,
      AT(sound), N_("write what the run sounds like") },
    { "speed", 0, OPTION_FACTOR, GROUP_OUTPUT, FOR_LIVE, "X", NULL, AT(speed),
      N_("speed of the picture, never of the run") },
    { "step", 0, OPTION_FLAG, GROUP_OUTPUT, FOR_RUN, NULL, NULL, AT(step),
      N_("start paused at the first event") },

    { "theme", 0, OPTION_CHOICE, GROUP_LOOK, FOR_LIVE, "auto|dark|light|mono",
      themes, AT(theme), N_("colours for a dark or a light terminal") },
    { "no-color", 0, OPTION_FLAG, GROUP_LOOK, FOR_LIVE, NULL, NULL,
      AT(no_color), N_("no colours, as with NO_COLOR") },
    { "ascii", 0, OPTION_FLAG, GROUP_LOOK, FOR_LIVE, NULL, NULL, AT(ascii),
      N_("draw with ASCII characters only") },
    { "large", 0, OPTION_FLAG, GROUP_LOOK, FOR_LIVE, NULL, NULL, AT(large),
      N_("big letters, for a lecture hall") },
    { "no-motion", 0, OPTION_FLAG, GROUP_LOOK, FOR_LIVE, NULL, NULL,
      AT(no_motion), N_("people jump from place to place") },
    { "mouse", 0, OPTION_FLAG, GROUP_LOOK, FOR_LIVE, NULL, NULL, AT(mouse),
      N_("wheel and clicks work; selecting text does not") },

    { "class", 0, OPTION_FLAG, GROUP_LESSON, FOR_LESSON, NULL, NULL,
      AT(class_mode), N_("before a class: two votes, then the run") },
    { "lecturer", 0, OPTION_FLAG, GROUP_LESSON, FOR_LESSON, NULL, NULL,
      AT(lecturer), N_("show the notes for the lecturer") },
    { "blank", 0, OPTION_FLAG, GROUP_LESSON, FOR_LESSON, NULL, NULL, AT(blank),
      N_("quiz: the exercise alone, to be filled in") },
    { "answers", 0, OPTION_FLAG, GROUP_LESSON, FOR_LESSON, NULL, NULL,
      AT(answers), N_("quiz: the key") },
    { "format", 0, OPTION_CHOICE, GROUP_LESSON, FOR_LESSON, "text|svg", formats,
      AT(format), N_("quiz: as text, or as a page to print") },
    { "csv", 0, OPTION_FLAG, GROUP_LESSON, FOR_PROGRESS, NULL, NULL, AT(csv),
      N_("progress: as a table for a spreadsheet") },

    { "lang", 0, OPTION_LANGUAGE, GROUP_OTHER, FOR_ALL, "en|ko", languages,
      AT(language), N_("language, before LANGUAGE and the locale") },
    { "help", 'h', OPTION_FLAG, GROUP_OTHER, FOR_ALL, NULL, NULL, AT(help),
      N_("show this help") },
    { "version", 'V', OPTION_FLAG, GROUP_OTHER, FOR_ALL, NULL, NULL,
      AT(version), N_("show the version") },
    { NULL, 0, OPTION_FLAG, GROUP_OTHER, FOR_ALL, NULL, NULL, 0, NULL },
};

const char *const option_later[] = {
    "record",
    "to",
    NULL,
};

/*
 * options.h -- what was asked for on the command line.
 *
 * One table says which options there are; parsing, the configuration file,
 * the help text, the manual page and the completions all follow it.
 */
#ifndef CONCVIZ_CLI_OPTIONS_OPTIONS_H
#define CONCVIZ_CLI_OPTIONS_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sched/policy/policy.h"

struct diag;

enum view_choice {
    VIEW_AUTO, /* live on a terminal, plain otherwise */
    VIEW_LIVE,
    VIEW_PLAIN,
    VIEW_NONE
};

enum show_choice {
    SHOW_PROGRAM,
    SHOW_OUTPUT,
    SHOW_PICTURE
};

enum format_choice {
    FORMAT_TEXT,
    FORMAT_SVG
};

/* What export writes: in the order of the words of --to. */
enum to_choice {
    TO_HTML,
    TO_CHROME,
    TO_SPEEDSCOPE,
    TO_CSV,
    TO_TEXT,
    TO_SVG,
    TO_CAST,
    TO_COUNT
};

enum {
    NOT_SAID = -1 /* where every other number is a possible wish */
};

struct options {
    /* The run. */
    int64_t machines;      /* 0: not said */
    int64_t machines_last; /* of a range that begins there; 0: no range */
    int64_t slice_ns, gil_ns, switch_cost_ns, limit_ns; /* or NOT_SAID */
    int lines;                                          /* or NOT_SAID */
    struct policy_choice policy;                        /* POLICIES: not said */
    int tie, preempted; /* 1: running, tail; or NOT_SAID */
    int64_t seed;       /* or NOT_SAID */
    bool model;
    int modes[2];   /* to compare: enum mode_id */
    char *with[2];  /* or these two settings (setting.h); NULL: not said */
    char *schedule; /* its code, or NULL */
    /* Exploring. */
    int mode;   /* enum mode_id, or NOT_SAID; what-if's as well */
    char *vary; /* what-if: "slice=1-200" (vary.h), or NULL */
    int64_t schedules, max_preemptions; /* or NOT_SAID */
    /* What comes out. */
    int view; /* enum view_choice */
    bool json;
    int frame_width, frame_height; /* 0: no frame */
    int64_t at_ns;                 /* or NOT_SAID */
    bool svg;                      /* the frame is a picture */
    char *sound, *record, *input;  /* names of files, or NULL */
    double speed;
    bool step;
    bool kernel; /* as the kernel sees it */
    bool output; /* what was said, at the end */
    bool follow; /* a tape that is still written */
    /* Exporting. */
    int to;         /* enum to_choice, or NOT_SAID */
    char *save;     /* name of a file, or NULL */
    char *question; /* asked before the run, or NULL */
    int cast;       /* version of the format: 2 or 3 */
    bool perfetto_states;
    /* How it looks. */
    int show;  /* enum show_choice, or NOT_SAID */
    int theme; /* enum theme */
    bool no_color, ascii, large, no_motion, mouse;
    /* Lessons. */
    bool class_mode, lecturer, csv, blank, answers;
    char *name;           /* of the student, or NULL */
    int64_t page;         /* of a lesson, from 1; 0: with a question */
    int level;            /* of exercises, from 1; 0: any */
    int format;           /* enum format_choice */
    const char *language; /* "en", "ko", NULL: the environment's */
    bool help, version;
    uint64_t said; /* bit i: option_table[i] was set */
    /* The command and its arguments, NULL after the last; borrowed. */
    const char **word;
    size_t word_count;
    size_t dashes; /* how many words stand before `--`; 0: none, or no `--` */
    /* The command after `--` is a C file, which was compiled to this program,
     * which ends with NULL; else NULL. Borrowed. */
    const char *const *compiled;
    /* All that was given to the program, so many; borrowed. */
    char *const *given;
    int given_count;
    char *environment_language; /* LANGUAGE as it was before ours, or NULL */
};

/* Where an option means something. */
enum option_scope {
    FOR_RUN = 1 << 0, /* the modes */
    FOR_ALL = 1 << 1, /* everywhere */
    FOR_COMPARE = 1 << 2,
    FOR_REPORT = 1 << 3, /* commands that only print something */
    FOR_EXPLORE = 1 << 4,
    FOR_REPLAY = 1 << 5,   /* one run of one mode */
    FOR_LESSON = 1 << 6,   /* lessons, the menu */
    FOR_PROGRESS = 1 << 7, /* progress */
    FOR_WHATIF = 1 << 8,
    FOR_EXPORT = 1 << 9,
    FOR_TAPE = 1 << 10,    /* runs that were kept */
    FOR_PROGRAM = 1 << 11, /* other people's programs: MODE -- COMMAND */
};

enum option_group {
    GROUP_RUN,
    GROUP_EXPLORE,
    GROUP_OUTPUT,
    GROUP_EXPORT,
    GROUP_LOOK,
    GROUP_LESSON,
    GROUP_OTHER,
    GROUP_COUNT
};

struct option_value;

struct option_spec {
    const char *name; /* without the dashes */
    char letter;      /* -h; 0: none */
    enum option_group group;
    unsigned scope;       /* enum option_scope */
    const char *argument; /* in the help: "MS", or all the words there are,
                             "text|svg"; NULL: a flag */
    /* Stores the value. Returns false with its diag filled. */
    bool (*set)(struct options *options, const struct option_value *value);
    const char *help; /* marked with N_() */
};

/* All options, in the order of the help text; ends with a NULL name. */
extern const struct option_spec option_table[];

void options_init(struct options *options);
void options_fini(struct options *options);

/* A copy was made with =: it gets no texts and no words, and nothing was said
 * in it, so that it can be read into and freed on its own. */
void options_disown(struct options *copy);

/*
 * Read the arguments after the program's name into options, which may hold
 * what the configuration file said. Returns false with diag filled.
 */
bool options_parse(struct options *options, int count, char *const *argument,
                   struct diag *diag);

/*
 * Set one option from "name" or "name=value" (no dashes); value may also be
 * given apart, else it is NULL. *used_value says whether that was needed.
 * Returns false with diag filled.
 */
bool options_set(struct options *options, const char *text, const char *value,
                 bool *used_value, struct diag *diag);

/* Was the option called name (which must exist) set on the command line? */
bool options_said(const struct options *options, const char *name);

/* Write those of the arguments given that are words, or options of a group with
 * their values, into out, which has room for all. Returns how many. */
size_t options_of_group(const struct options *options, enum option_group group,
                        const char **out);

/* What --lang says among the arguments, or NULL: needed before the first
 * message. */
const char *options_language(int count, char *const *argument);

#endif

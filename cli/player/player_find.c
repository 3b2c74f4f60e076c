/*
 * player_find.c -- what was typed is a name, or the word for a state.
 *
 * Whole names come first, then whole words, beginnings of either, and names
 * that have the text in them. So "B" is the person B although a state begins
 * with that letter, too.
 */
#include "cli/player/player_find.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "cli/player/playback.h"
#include "cli/player/player_keys.h"
#include "cli/player/player_notice.h"
#include "cli/player/player_run.h"
#include "render/scene/view.h"
#include "render/words/duration.h"
#include "sched/base/clock.h"
#include "sched/base/i18n.h"
#include "sched/base/phrase.h"
#include "sched/base/text.h"
#include "sched/history/history.h"
#include "sched/workload/workload.h"

static const int64_t told_ns = 6 * NS_PER_S; /* how long a notice stays */

/* As the legend says it. */
static const struct {
    enum task_state state;
    const char *word;
} state_words[] = {
    { STATE_RUNNING, N_("running") },   { STATE_IN_LINE, N_("in line") },
    { STATE_AWAITING, N_("awaiting") }, { STATE_BLOCKED, N_("blocked") },
    { STATE_HELD, N_("held") },         { STATE_STOLEN, N_("stolen") },
    { STATE_DONE, N_("done") },
};

enum {
    WORDS = sizeof state_words / sizeof state_words[0]
};

/* --- what was meant ------------------------------------------------------- */

enum likeness {
    LIKE_ALL,
    LIKE_BEGINNING,
    LIKE_PART
};

static bool is_like(const char *word, const char *text, enum likeness likeness)
{
    size_t length = strlen(text);

    if (likeness == LIKE_ALL)
        return strcasecmp(word, text) == 0;
    if (likeness == LIKE_BEGINNING)
        return strncasecmp(word, text, length) == 0;
    for (; *word; word++)
        if (strncasecmp(word, text, length) == 0)
            return true;
    return false;
}

/* The nearest such person below (or above) the one at `from`, round and round;
 * -1: there is none. */
static int find_person(const struct workload *workload, const char *text,
                       enum likeness likeness, int from, int direction)
{
    int count = (int)workload->task_count;

    for (int i = 1; i <= count; i++) {
        int task = ((from + direction * i) % count + count) % count;

        if (is_like(workload->task[task].name, text, likeness))
            return task;
    }
    return -1;
}

/* STATE_COUNT: none. In the language of the screen, or in English. */
static enum task_state find_state(const char *text, enum likeness likeness)
{
    for (int i = 0; i < WORDS; i++)
        if (is_like(_(state_words[i].word), text, likeness) ||
            is_like(state_words[i].word, text, likeness))
            return state_words[i].state;
    return STATE_COUNT;
}

/* --- going there ---------------------------------------------------------- */

static void tell(struct player_controls *controls, const char *text)
{
    player_notice_set(controls->notice, text, told_ns);
}

static void tell_nothing(struct player_controls *controls, const char *text)
{
    char told[sizeof controls->notice->text] = "", words[128] = "";

    for (int i = 0; i < WORDS; i++)
        PHRASE(words, sizeof words, i ? ", {0}" : "{0}",
               _(state_words[i].word));
    PHRASE(told, sizeof told, _("nobody is called {0}; the states are: {1}"),
           text, words);
    tell(controls, told);
}

static void select_person(struct player_controls *controls, int task)
{
    controls->view->selected = task;
    controls->view->unfolded = true;
}

/* When somebody comes into the state; of two runs in whichever that is
 * sooner. */
static bool find_entry(const struct player_run *run, enum task_state state,
                       int64_t t_ns, bool forward, int64_t *when_ns, int *task)
{
    const struct history *both[2] = { run->history,
                                      run->pair.on ? run->pair.history : NULL };
    bool found = false;

    for (int i = 0; i < 2; i++) {
        int64_t at_ns;
        int who;

        if (!both[i] ||
            !history_enter(both[i], state, t_ns, forward, &at_ns, &who) ||
            (found && (forward ? at_ns >= *when_ns : at_ns <= *when_ns)))
            continue;
        *when_ns = at_ns;
        *task = who;
        found = true;
    }
    return found;
}

static void go_to_entry(struct player_controls *controls, enum task_state state,
                        int direction)
{
    const struct workload *workload = controls->run->plan->workload;
    char told[sizeof controls->notice->text] = "", time[DURATION_SIZE];
    int64_t when_ns = 0;
    int task = -1;

    if (!find_entry(controls->run, state, controls->playback->t_ns,
                    direction > 0, &when_ns, &task)) {
        tell(controls,
             direction > 0
                 ? _("after this instant nobody comes into this state")
                 : _("before this instant nobody came into this "
                     "state"));
        return;
    }
    controls->playback->paused = true;
    playback_seek(controls->playback, when_ns, controls->run->edge_ns);
    controls->view->stepped_ns = controls->playback->t_ns;
    select_person(controls, task);
    for (int i = 0; i < WORDS; i++)
        if (state_words[i].state == state)
            PHRASE(told, sizeof told, _("{0}: {1}, at {2}"),
                   workload->task[task].name, _(state_words[i].word),
                   duration_text(time, when_ns, duration_unit(when_ns)));
    tell(controls, told);
}

static void look_for(struct player_controls *controls, const char *text,
                     int direction)
{
    const struct workload *workload = controls->run->plan->workload;
    int from = controls->view->selected;

    if (from < 0 && direction < 0)
        from = 0;
    for (int likeness = LIKE_ALL; likeness <= LIKE_PART; likeness++) {
        int task = find_person(workload, text, (enum likeness)likeness, from,
                               direction);
        enum task_state state = likeness == LIKE_PART
                                    ? STATE_COUNT
                                    : find_state(text, (enum likeness)likeness);

        if (task >= 0)
            select_person(controls, task);
        else if (state != STATE_COUNT)
            go_to_entry(controls, state, direction);
        else
            continue;
        return;
    }
    tell_nothing(controls, text);
}

/* --- keys ----------------------------------------------------------------- */

void player_find_open(struct player_find *find)
{
    find->open = true;
    find->prompt = (struct prompt){ .label = "/", .enter = _("find") };
}

/* Names are in normal form, and what was typed may not be. */
static void remember(struct player_find *find)
{
    char *normal = text_normal(find->prompt.text, strlen(find->prompt.text));

    text_clean(find->last, sizeof find->last, normal);
    free(normal);
}

void player_find_press(struct player_controls *controls, uint32_t key)
{
    struct player_find *find = controls->find;
    enum prompt_did did = prompt_press(&find->prompt, key);

    find->open = did == PROMPT_STAYS;
    if (did != PROMPT_ENTERED)
        return;
    if (find->prompt.text[0])
        remember(find);
    if (find->last[0])
        look_for(controls, find->last, 1);
}

void player_find_again(struct player_controls *controls, int direction)
{
    if (controls->find->last[0])
        look_for(controls, controls->find->last, direction);
    else
        player_find_open(controls->find);
}

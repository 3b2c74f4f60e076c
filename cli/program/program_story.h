/*
 * program_story.h -- one run of somebody else's program in the order of a
 * schedule, told from its beginning to its end. Main thread.
 */
#ifndef CONCVIZ_CLI_PROGRAM_PROGRAM_STORY_H
#define CONCVIZ_CLI_PROGRAM_PROGRAM_STORY_H

#include <stddef.h>
#include <stdint.h>

struct diag;
struct diary_read;
struct explore_step;
struct history;
struct program_ordered;
struct schedule;

struct program_story {
    struct diary_read *diary;
    struct history *history;   /* of all of it */
    struct explore_step *step; /* what others can notice */
    size_t step_count;
};

/* Run it once, for limit_ns at most. Returns NULL with diag filled if that
 * cannot be. */
struct program_story *program_story_new(const struct program_ordered *ordered,
                                        const struct schedule *schedule,
                                        int64_t limit_ns, struct diag *diag);
void program_story_free(struct program_story *story); /* NULL is fine */

/* Run it once, unseen, in the order of the board with this descriptor: the next
 * run on it tells of what several threads use, if it was made by concviz cc. */
void program_story_learn(const struct program_ordered *ordered, int fd,
                         int64_t limit_ns);

#endif

/*
 * vote_file.h -- the votes of classes, in a file of the lecturer's.
 *
 * $XDG_STATE_HOME/concviz/votes.csv, a row for each vote that was counted:
 *
 *     date,lesson,question,vote,key,a,b,c,d,e
 *     2026-11-27 10:15,hog,1,1,b,3,12,5,0,
 */
#ifndef CONCVIZ_LESSONS_SESSION_VOTE_FILE_H
#define CONCVIZ_LESSONS_SESSION_VOTE_FILE_H

#include <stdbool.h>

struct diag;
struct lesson;
struct vote;

/* Add a row for the present round of a vote; nothing, if no hands were
 * counted. Returns false with diag filled if it cannot be kept. */
bool vote_file_add(const struct lesson *lesson, const struct vote *vote,
                   struct diag *diag);

#endif

/*
 * number.h -- whole numbers in a lesson file. Any thread.
 */
#ifndef CONCVIZ_LESSONS_CLAIM_NUMBER_H
#define CONCVIZ_LESSONS_CLAIM_NUMBER_H

enum {
    NUMBER_RUNS_MAX = 999 /* runs are numbered from 1 to this */
};

/*
 * Read digits, after optional spaces. Returns the number and gives where it
 * ends, or -1 if there are no digits or the number is greater than most.
 */
int number_parse(const char *text, int most, const char **end);

/* The same for digits that fill text. */
int number_parse_all(const char *text, int most);

#endif

/*
 * score_report.h -- how well a person chose, compared with others.
 */
#ifndef CONCVIZ_CLI_REPORT_SCORE_REPORT_H
#define CONCVIZ_CLI_REPORT_SCORE_REPORT_H

struct history;
struct run_plan;

/*
 * The table of a run that has ended: "who\taverage finish\tmakespan" and a row
 * for each, NULL at the end; free with score_report_free. Computes some hundred
 * runs of the model.
 */
char **score_report_rows(const struct history *history,
                         const struct run_plan *plan);
void score_report_free(char **rows);

/* Print the rows on standard output. */
void score_report_print(char *const *rows);

#endif

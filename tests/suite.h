/*
 * suite.h -- run one libcheck suite and speak TAP to automake.
 *
 * A failed assertion is a "not ok" line, so it does not count in the exit
 * status: what is left there is a crash of the runner or a leak.
 */
#ifndef CONCVIZ_TESTS_SUITE_H
#define CONCVIZ_TESTS_SUITE_H

#include <check.h>
#include <stdlib.h>

static inline int suite_main(Suite *suite)
{
    SRunner *runner = srunner_create(suite);

    srunner_set_tap(runner, "-");
    srunner_run_all(runner, CK_SILENT);
    srunner_free(runner);
    return EXIT_SUCCESS;
}

#endif

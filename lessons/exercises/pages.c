/* Exercise 3: twelve pages are fetched, which is waiting, and searched, which
 * is computing. One task does it all. */
#include <concviz.h>
#include <stdio.h>

enum {
    PAGES = 12
};

static int found[PAGES];

static int search(int page)
{
    cv_cpu(4);
    return page % 3;
}

static void work(void *unused)
{
    (void)unused;
    for (int page = 0; page < PAGES; page++) {
        cv_sleep(4); /* the page is on its way */
        found[page] = search(page);
    }
}

int main(void)
{
    int status, sum = 0;

    cv_spawn(work, NULL, "worker");
    status = cv_run();
    for (int page = 0; page < PAGES; page++)
        sum += found[page];
    printf("found: %d of %d\n", sum, PAGES);
    return sum == PAGES ? status : CV_FAILED;
}

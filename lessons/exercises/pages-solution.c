/* Exercise 3, solved: who fetches puts pages into a channel, and two who search
 * take them out. The channel has room for all pages, or in sequential mode,
 * where nobody else comes to the machine, fetching would never end. */
#include <concviz.h>
#include <stdio.h>

enum {
    PAGES = 12,
    SEARCHERS = 2
};

static int found[PAGES];
static cv_channel *fetched;

static int search(int page)
{
    cv_cpu(4);
    return page % 3;
}

static void fetch(void *unused)
{
    (void)unused;
    for (int page = 0; page < PAGES; page++) {
        cv_sleep(4); /* the page is on its way */
        cv_send(fetched, page);
    }
    cv_close(fetched);
}

static void work(void *unused)
{
    long long page;

    (void)unused;
    while (cv_recv(fetched, &page))
        found[page] = search((int)page);
}

int main(void)
{
    int status, sum = 0;

    fetched = cv_channel_new(PAGES, "fetched");
    cv_spawn(fetch, NULL, "fetcher");
    for (int i = 1; i <= SEARCHERS; i++)
        cv_spawn(work, NULL, "searcher%d", i);
    status = cv_run();
    for (int page = 0; page < PAGES; page++)
        sum += found[page];
    printf("found: %d of %d\n", sum, PAGES);
    return sum == PAGES ? status : CV_FAILED;
}

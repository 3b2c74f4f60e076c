/*
 * activate.c -- in whose process are we, and from when on does it matter?
 *
 * The program that is meant may be behind others: `timeout 5 ./prog`, a shell
 * script. The library is loaded into each of them, since the environment is
 * handed on, and acts in the first that creates a thread, or that is the program
 * itself where that is known (device and inode). There the environment is
 * cleaned of us, before main where it can be, so that what the program starts
 * is left alone.
 *
 * CONCVIZ_PRELOAD is "MODE,SEED,DEVICE,INODE,LANGUAGE,FOLDER": how to run,
 * the seed of a line in random order or -, the program or 0,0, and where the
 * messages are. CONCVIZ_BOARD is the number of an open file: order_board.h.
 */
#include "sched/preload/activate.h"

#include <dlfcn.h>
#include <libintl.h>
#include <locale.h>
#include <malloc.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sched/base/i18n.h"
#include "sched/preload/fiber.h"
#include "sched/preload/hog.h"
#include "sched/preload/order.h"
#include "sched/preload/overflow.h"
#include "sched/preload/tell.h"
#include "sched/preload/tls_block.h"

static struct {
    bool active, sequential;
    unsigned long device, inode;
    char language[8], folder[1024];
} told;

bool activate_sequential(void)
{
    return told.sequential;
}

/* Ours is the first of the preloaded libraries. */
static void clean_environment(void)
{
    const char *preload = getenv("LD_PRELOAD");
    const char *rest = preload ? strpbrk(preload, ": ") : NULL;

    const char *board = getenv("CONCVIZ_BOARD");

    if (board)
        order_open(atoi(board));
    unsetenv("CONCVIZ_BOARD");
    unsetenv("CONCVIZ_PRELOAD");
    if (rest && rest[1])
        setenv("LD_PRELOAD", rest + 1, 1);
    else
        unsetenv("LD_PRELOAD");
}

/* Returns whether we were told anything. */
static bool read_settings(void)
{
    const char *text = getenv("CONCVIZ_PRELOAD");
    char mode[16], seed[24];

    if (!text ||
        sscanf(text, "%15[^,],%23[^,],%lu,%lu,%7[^,],%1023[^\n]", mode, seed,
               &told.device, &told.inode, told.language, told.folder) != 6)
        return false;
    told.sequential = strcmp(mode, "sequential") == 0;
    if (seed[0] != '-')
        order_by_chance(strtoull(seed, NULL, 10));
    return true;
}

/* Is this the program that was meant? */
static bool is_meant(void)
{
    struct stat self;

    return told.inode && stat("/proc/self/exe", &self) == 0 &&
           self.st_dev == told.device && self.st_ino == told.inode;
}

void activate_before_main(void)
{
    if (!read_settings() || !is_meant())
        return;
    clean_environment();
    tell_open();
}

/* There are threads, whatever the C library thinks: atomic operations that it
 * would leave out are needed once we are interrupted in between. One heap is
 * enough where one thread at a time uses it. */
static void tell_library(void)
{
    static const char name[] = "__libc_single_threaded";
    char *shown = dlsym(RTLD_DEFAULT, name), *own = dlsym(RTLD_NEXT, name);

    if (shown)
        *shown = 0;
    if (own)
        *own = 0;
    mallopt(M_ARENA_MAX, 1);
}

bool activate(void)
{
    if (told.active)
        return true;
    fiber_current();
    if (!tls_block_init()) {
        dprintf(STDERR_FILENO, "concviz: %s\n",
                _("this C library cannot make thread-local storage for us"));
        return false;
    }
    told.active = true;
    if (getenv("CONCVIZ_PRELOAD"))
        clean_environment();
    tell_open();
    tell_library();
    overflow_watch();
    hog_watch();
    return true;
}

void activate_language(void)
{
#ifdef ENABLE_NLS
    if (!told.folder[0] || strcmp(told.language, "en") == 0)
        return;
    setenv("LANGUAGE", told.language, 1);
    setlocale(LC_ALL, "C.UTF-8");
    bindtextdomain(PACKAGE, told.folder);
    textdomain(PACKAGE);
#endif
}

void activate_say(void (*say)(const void *what), const void *what)
{
#ifdef ENABLE_NLS
    const char *domain = textdomain(NULL), *language = getenv("LANGUAGE");
    locale_t ours = newlocale(LC_ALL_MASK, "C.UTF-8", (locale_t)0), before;
    char *old_domain = domain ? strdup(domain) : NULL;
    char *old_language = language ? strdup(language) : NULL;

    if (!ours || !told.folder[0]) {
        say(what);
    } else {
        before = uselocale(ours);
        setenv("LANGUAGE", told.language, 1);
        bindtextdomain(PACKAGE, told.folder);
        textdomain(PACKAGE);
        say(what);
        textdomain(old_domain);
        if (old_language)
            setenv("LANGUAGE", old_language, 1);
        else
            unsetenv("LANGUAGE");
        uselocale(before);
    }
    if (ours)
        freelocale(ours);
    free(old_domain);
    free(old_language);
#else
    say(what);
#endif
}

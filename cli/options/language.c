/*
 * language.c -- the locale, so that messages and letters come out right.
 *
 * The difficult cases are common: a container without locales, a terminal
 * without UTF-8, a program that is run where it was built.
 */
#include "cli/options/language.h"

#include <langinfo.h>
#include <limits.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "cli/carried/carried.h"
#include "cli/options/build_folder.h"
#include "cli/options/folders.h"
#include "sched/base/i18n.h"
#include "sched/base/xalloc.h"

#ifdef ENABLE_NLS

const char *language_catalogue(char *path, size_t size)
{
    if (carried_is() ? carried_find(path, size, "locale/ko")
                     : build_folder_find(path, size, "locale/ko")) {
        *strrchr(path, '/') = '\0';
        return path;
    }
    return LOCALEDIR;
}

static void bind_catalogue(void)
{
    char path[PATH_MAX];

    bindtextdomain(PACKAGE, language_catalogue(path, sizeof path));
    textdomain(PACKAGE);
}

#else

const char *language_catalogue(char *path, size_t size)
{
    (void)size;
    *path = '\0';
    return "/";
}

static void bind_catalogue(void)
{
}

#endif

/* The locale asked for, by the name of a variable of its own. NULL: none, or
 * one that is not for UTF-8. */
static const char *asked_locale(const char *variable)
{
    const char *const names[] = { "LC_ALL", variable, "LANG" };
    const char *name = NULL;

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        name = getenv(names[i]);
        if (name && name[0])
            break;
    }
    return name && (strstr(name, "UTF-8") || strstr(name, "utf8")) ? name
                                                                   : NULL;
}

/* The locale asked for is not installed, as in most containers. Its name still
 * says which language is meant, if the terminal is one for UTF-8. */
static void language_of_missing_locale(void)
{
    const char *name = asked_locale("LC_MESSAGES");

    if (name)
        setenv("LANGUAGE", name, 0);
}

/* Those of the machine are files of its own C library, which the one file does
 * not read: it has C.UTF-8 with it. */
static bool set_asked_locale(void)
{
    if (!carried_is())
        return setlocale(LC_ALL, "");
    return !asked_locale("LC_CTYPE");
}

/* A locale that is not installed is the C locale, and there LANGUAGE counts
 * for nothing and only ASCII is text; C.UTF-8 is always there. What we say is
 * UTF-8, so elsewhere it has to be English. */
static void set_locale(const char *language)
{
    const char *messages;

    if (!set_asked_locale()) {
        language_of_missing_locale();
        setlocale(LC_ALL, "C.UTF-8");
    }
    if (!language) {
        if (!language_has_unicode())
            setlocale(LC_MESSAGES, "C");
        return;
    }
    messages = setlocale(LC_MESSAGES, NULL);
    if (!messages || strcmp(messages, "C") == 0 ||
        strcmp(messages, "POSIX") == 0)
        setlocale(LC_MESSAGES, "C.UTF-8");
    /* Who asks for Korean can read it. */
    if (strcmp(language, "en") != 0 && !language_has_unicode())
        setlocale(LC_CTYPE, "C.UTF-8");
}

/* The one file's C library looks for C.UTF-8 in what it carries. Programs that
 * we start look where they always do. */
static void set_carried_locale(const char *language)
{
    char path[PATH_MAX];
    const char *given = getenv("LOCPATH");
    char *before = given ? xstrdup(given) : NULL;

    if (carried_find(path, sizeof path, "locale/C.utf8")) {
        *strrchr(path, '/') = '\0';
        setenv("LOCPATH", path, 1);
    }
    set_locale(language);
    if (before)
        setenv("LOCPATH", before, 1);
    else
        unsetenv("LOCPATH");
    free(before);
}

void language_set(const char *language)
{
    if (language)
        setenv("LANGUAGE", language, 1);
    if (carried_is())
        set_carried_locale(language);
    else
        set_locale(language);
    setlocale(LC_NUMERIC, "C"); /* a point is a point, here and in JSON */
    bind_catalogue();
}

bool language_is_korean(void)
{
    /* TRANSLATORS: the code of your language; "ko" switches to wording that
       needs Korean grammar. */
    return strcmp(_("en"), "ko") == 0;
}

bool language_has_unicode(void)
{
    return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

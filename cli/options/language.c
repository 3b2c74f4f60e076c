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

#include "cli/options/build_folder.h"
#include "cli/options/folders.h"
#include "sched/base/i18n.h"

#ifdef ENABLE_NLS

const char *language_catalogue(char *path, size_t size)
{
    return build_folder_find(path, size, "locale") ? path : LOCALEDIR;
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

/* The locale asked for is not installed, as in most containers. Its name still
 * says which language is meant, if the terminal is one for UTF-8. */
static void language_of_missing_locale(void)
{
    static const char *const names[] = { "LC_ALL", "LC_MESSAGES", "LANG" };
    const char *name = NULL;

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        name = getenv(names[i]);
        if (name && name[0])
            break;
    }
    if (name && (strstr(name, "UTF-8") || strstr(name, "utf8")))
        setenv("LANGUAGE", name, 0);
}

/* A locale that is not installed is the C locale, and there LANGUAGE counts
 * for nothing and only ASCII is text; C.UTF-8 is always there. What we say is
 * UTF-8, so elsewhere it has to be English. */
static void set_locale(const char *language)
{
    const char *messages;

    if (!setlocale(LC_ALL, "")) {
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

void language_set(const char *language)
{
    if (language)
        setenv("LANGUAGE", language, 1);
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

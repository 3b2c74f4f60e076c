/*
 * lesson_load.c -- a lesson from a file somebody names.
 */
#include <errno.h>
#include <string.h>

#include "lessons/lesson.h"
#include "lessons/parse/diags.h"
#include "sched/base/file.h"
#include "sched/base/i18n.h"
#include "sched/base/strbuf.h"

struct lesson *lesson_load(const char *path, struct diags *diags)
{
    struct lesson *lesson = NULL;
    struct strbuf text;
    int error;

    strbuf_init(&text);
    /* One byte more shows lesson_parse that the file is too long. */
    error = file_read(path, LESSON_FILE_BYTES_MAX + 1, &text);
    if (error == -EINVAL)
        diags_add(diags, path, 0, 0, _("this is not a regular file"));
    else if (error)
        diags_add(diags, path, 0, 0, _("cannot be read: %s"), strerror(-error));
    else
        lesson = lesson_parse(path, text.text, text.length, diags);
    strbuf_fini(&text);
    return lesson;
}

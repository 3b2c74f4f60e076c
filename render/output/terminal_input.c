/*
 * terminal_input.c -- keys come from standard input, or from the terminal
 * itself if standard input is a workload.
 */
#include "render/output/terminal_input.h"

#include <fcntl.h>
#include <unistd.h>

#include "sched/base/diag.h"
#include "sched/base/i18n.h"

bool terminal_input_open(struct terminal_input *input, struct diag *diag)
{
    *input = (struct terminal_input){ stdin, STDIN_FILENO };
    if (isatty(STDIN_FILENO))
        return true;
    input->fd = open("/dev/tty", O_RDONLY | O_CLOEXEC | O_NOCTTY);
    input->file = input->fd < 0 ? NULL : fdopen(input->fd, "r");
    if (!input->file) {
        diag_set(diag, NULL, 0, 0,
                 _("keys cannot be read: standard input is not a terminal"));
        return false;
    }
    return true;
}

void terminal_input_close(struct terminal_input *input)
{
    if (input->file && input->file != stdin)
        fclose(input->file);
    input->file = NULL;
}

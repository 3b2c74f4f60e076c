/*
 * cmd_reset.c -- for a terminal that somebody left in a bad state: SIGKILL
 * cannot be caught, not even by concviz.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "cli/command/arguments.h"
#include "cli/command/command.h"
#include "cli/message.h"
#include "cli/options/options.h"
#include "sched/base/i18n.h"

/* What `stty sane` sets, as far as a shell's line needs it. */
static int set_sane(int fd)
{
    struct termios modes;

    if (tcgetattr(fd, &modes) != 0)
        return -1;
    modes.c_iflag &= ~(tcflag_t)(IGNBRK | INLCR | IGNCR | ISTRIP | IXOFF);
    modes.c_iflag |= BRKINT | ICRNL | IXON;
    modes.c_oflag &= ~(tcflag_t)(OCRNL | ONOCR | ONLRET);
    modes.c_oflag |= OPOST | ONLCR;
    modes.c_cflag |= CREAD;
    modes.c_lflag &= ~(tcflag_t)(ECHONL | NOFLSH | TOSTOP);
    modes.c_lflag |= ISIG | ICANON | IEXTEN | ECHO | ECHOE | ECHOK;
    modes.c_cc[VINTR] = 3;
    modes.c_cc[VQUIT] = 28;
    modes.c_cc[VERASE] = 127;
    modes.c_cc[VKILL] = 21;
    modes.c_cc[VEOF] = 4;
    modes.c_cc[VSTART] = 17;
    modes.c_cc[VSTOP] = 19;
    modes.c_cc[VSUSP] = 26;
    return tcsetattr(fd, TCSANOW, &modes);
}

/* Not from terminfo: TERM itself may be what is wrong. Every terminal since
 * the VT100 ignores the ones it does not know: frames, mouse, paste, colours,
 * keypad, cursor, alternate screen. */
static const char restore[] = "\033[?2026l"
                              "\033[?1000l\033[?1002l\033[?1003l\033[?1006l"
                              "\033[?2004l"
                              "\033[0m"
                              "\033[?1l\033>"
                              "\033[?25h"
                              "\033[?1049l";

static int reset(const struct options *options)
{
    if (arguments_too_many(options, 1))
        return EXIT_USAGE;
    if (!isatty(STDOUT_FILENO)) {
        message(_("standard output is not a terminal"));
        return EXIT_USAGE;
    }
    if (set_sane(STDOUT_FILENO) != 0) {
        message(_("cannot set the terminal: %s"), strerror(errno));
        return EXIT_FAILED;
    }
    fputs(restore, stdout);
    return EXIT_DONE;
}

const struct command command_reset = {
    "reset", "", N_("restore a terminal left in a bad state"), FOR_ALL, reset
};

/*
 * init.c -- the first and only process of a machine that kernels.py boots.
 *
 * It runs the command of each line of /commands and says on the console how it
 * ended and what it wrote: "#ran NUMBER STATUS BYTES", a line of its own, then
 * the bytes. A line that begins with "live " is a command for the console
 * itself, with the size of a terminal: "#live NUMBER", what it shows, "#ran".
 * There is no shell and nothing else here. Then the machine is switched off.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/klog.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

enum {
    MAX_LINE = 1000,
    MAX_WORDS = 40,
    QUIET = 1,     /* only what makes the kernel stop is told here */
    SET_LEVEL = 8, /* of klogctl: for that */
    NOT_FOUND = 127,
};

static const char output[] = "/tmp/output";

static void mount_on(const char *type, const char *folder)
{
    mkdir(folder, 0755);
    if (mount(type, folder, type, 0, NULL) != 0)
        perror(folder);
}

static void become_terminal(int fd)
{
    const struct winsize size = { .ws_row = 24, .ws_col = 80 };
    struct termios modes;

    tcgetattr(fd, &modes);
    cfmakeraw(&modes);
    tcsetattr(fd, TCSANOW, &modes);
    ioctl(fd, TIOCSWINSZ, &size);
    for (int i = STDIN_FILENO; i <= STDERR_FILENO; i++)
        dup2(fd, i);
}

/* The child's part: the standard files, then the command. */
static void become(char *line, int live)
{
    char *word[MAX_WORDS + 1];
    int words = 0;

    for (char *at = strtok(line, " "); at && words < MAX_WORDS;
         at = strtok(NULL, " "))
        word[words++] = at;
    word[words] = NULL;
    setsid();
    if (live) {
        ioctl(STDIN_FILENO, TIOCSCTTY, 1);
    } else {
        dup2(open("/dev/null", O_RDONLY), STDIN_FILENO);
        dup2(open(output, O_WRONLY | O_CREAT | O_TRUNC, 0600), STDOUT_FILENO);
        dup2(STDOUT_FILENO, STDERR_FILENO);
    }
    execv(word[0], word);
    perror(word[0]);
    _exit(NOT_FOUND);
}

static int run(char *line, int live)
{
    pid_t child = fork();
    int status = 0;

    if (child == 0)
        become(line, live);
    while (waitpid(child, &status, 0) != child)
        ;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static void tell(int number, int status, int live)
{
    FILE *file = live ? NULL : fopen(output, "r");
    struct stat found = { .st_size = 0 };
    int letter;

    if (file)
        fstat(fileno(file), &found);
    printf("\n#ran %d %d %lld\n", number, status, (long long)found.st_size);
    while (file && (letter = getc(file)) != EOF)
        putchar(letter);
    fflush(stdout);
    if (file)
        fclose(file);
}

int main(void)
{
    static const char live[] = "live ";
    char line[MAX_LINE];
    FILE *commands;

    mount_on("devtmpfs", "/dev");
    mount_on("proc", "/proc");
    mount_on("sysfs", "/sys");
    mount_on("tmpfs", "/tmp");
    mount_on("devpts", "/dev/pts");
    become_terminal(open("/dev/console", O_RDWR | O_NOCTTY));
    klogctl(SET_LEVEL, NULL, QUIET);
    setenv("TERM", "xterm-256color", 1);
    setenv("HOME", "/tmp", 1);
    setenv("LANG", "C.UTF-8", 1);
    commands = fopen("/commands", "re");
    for (int i = 0; commands && fgets(line, sizeof line, commands); i++) {
        int is_live = strncmp(line, live, strlen(live)) == 0;

        line[strcspn(line, "\n")] = '\0';
        if (is_live)
            printf("\n#live %d\n", i);
        fflush(stdout);
        tell(i, run(is_live ? line + strlen(live) : line, is_live), is_live);
    }
    printf("\n#done\n");
    fflush(stdout);
    tcdrain(STDOUT_FILENO);
    reboot(RB_POWER_OFF);
    return 0;
}

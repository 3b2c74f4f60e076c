/*
 * program_file.c -- a look at the first page of a program before it starts.
 *
 * The library gets into a program because the loader loads it, so there must be
 * a loader, ours, and it must be willing. Programs that make their threads
 * without the C library are told by what their compiler leaves in them.
 *
 * Some programs only run another one, with its name among their arguments. Those
 * we know are looked through; a shell is not, since what it runs is in a
 * language of its own: there the library looks for itself.
 */
#include "cli/program/program_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "sched/base/diag.h"
#include "sched/base/elf_image.h"
#include "sched/base/i18n.h"

/* Programs that run another one. */
static const char *const wrapper[] = {
    "chrt",   "env",    "ionice",  "nice",    "nohup",
    "setsid", "stdbuf", "taskset", "timeout", NULL,
};

/* And those whose arguments say what in ways we do not read. */
static const char *const shell[] = {
    "bash", "busybox", "dash", "fish", "ksh", "sh", "xargs", "zsh", NULL,
};

static bool is_among(const char *const names[], const char *path)
{
    const char *slash = strrchr(path, '/');

    for (; *names; names++)
        if (strcmp(*names, slash ? slash + 1 : path) == 0)
            return true;
    return false;
}

static bool is_program(const char *path)
{
    struct stat status;

    return stat(path, &status) == 0 && S_ISREG(status.st_mode) &&
           access(path, X_OK) == 0;
}

/* As execvp does. */
bool program_file_in_path(char *path, size_t size, const char *name)
{
    const char *list = getenv("PATH");

    if (strchr(name, '/'))
        return (size_t)snprintf(path, size, "%s", name) < size &&
               is_program(path);
    if (!list)
        list = "/bin:/usr/bin";
    for (;;) {
        int length = (int)strcspn(list, ":");

        if ((size_t)snprintf(path, size, "%.*s%s%s", length, list,
                             length ? "/" : "", name) < size &&
            *name && is_program(path))
            return true;
        if (!list[length])
            return false;
        list += length + 1;
    }
}

/* --- reasons -------------------------------------------------------------- */

/* The loader that a program asks for, or NULL: it is static. */
static const char *loader_of(const struct elf_image *image,
                             const Elf64_Ehdr *head)
{
    const Elf64_Phdr *header = elf_image_part(image, head->e_phoff,
                                              head->e_phnum * sizeof *header);

    for (int i = 0; header && i < head->e_phnum; i++)
        if (header[i].p_type == PT_INTERP &&
            header[i].p_offset < image->bytes &&
            memchr(image->byte + header[i].p_offset, '\0',
                   (size_t)(image->bytes - header[i].p_offset)))
            return image->byte + header[i].p_offset;
    return NULL;
}

/* As we are: a library of ours can be loaded into it only then. */
static bool is_for_this_processor(const Elf64_Ehdr *head)
{
    const Elf64_Ehdr *ours;
    struct elf_image image;
    bool same;

    if (!elf_image_open(&image, "/proc/self/exe"))
        return true;
    ours = elf_image_head(&image);
    same = ours && head->e_ident[EI_CLASS] == ours->e_ident[EI_CLASS] &&
           head->e_ident[EI_DATA] == ours->e_ident[EI_DATA] &&
           head->e_machine == ours->e_machine;
    elf_image_close(&image);
    return same;
}

/* Go leaves what it was built from in a section of its own. */
static bool is_go(const struct elf_image *image, const Elf64_Ehdr *head)
{
    static const char name[] = ".go.buildinfo";
    const Elf64_Shdr *section = elf_image_part(image, head->e_shoff,
                                               head->e_shnum * sizeof *section);
    struct elf_image names;

    return section && head->e_shstrndx < head->e_shnum &&
           elf_image_section(&names, image, &section[head->e_shstrndx]) &&
           memmem(names.byte, names.bytes, name, sizeof name);
}

/* Why not, or NULL. What is not ELF at all is left to execve; where we have 32
 * bits, we have no library for others. */
static const char *reason_in(const struct elf_image *image)
{
    const Elf64_Ehdr *head = elf_image_head(image);
    const char *loader;

    if (!head)
        return NULL;
    if (!is_for_this_processor(head))
        return _("it is for another processor");
    if (head->e_ident[EI_CLASS] != ELFCLASS64)
        return NULL;
    if (is_go(image, head))
        return _("Go makes its threads without the C library");
    loader = loader_of(image, head);
    if (!loader)
        return _("it is static: nothing can be loaded into it");
    if (!strstr(loader, "ld-linux") && !strstr(loader, "/ld64.so"))
        return _("it was built for another C library than glibc");
    if (access(loader, X_OK) != 0)
        return _("the C library it was built for is not on this machine");
    return NULL;
}

/* The loader loads nothing foreign into what gets rights by being run. */
static bool gets_rights(const char *path, const struct stat *status)
{
    return status->st_mode & S_ISUID ||
           (status->st_mode & S_ISGID && status->st_mode & S_IXGRP) ||
           getxattr(path, "security.capability", NULL, 0) > 0;
}

const char *program_file_reason(const char *path)
{
    struct elf_image image;
    struct stat status;
    const char *reason;

    if (stat(path, &status) == 0 && gets_rights(path, &status))
        return _("it gets other rights when it is run (set-user-id)");
    if (!elf_image_open(&image, path))
        return NULL;
    reason = reason_in(&image);
    elf_image_close(&image);
    return reason;
}

static bool accept(const char *path, struct diag *diag)
{
    const char *reason = program_file_reason(path);

    if (reason)
        diag_set(diag, NULL, 0, 0,
                 _("the threads of %s cannot become coroutines: %s"), path,
                 reason);
    return !reason;
}

/* --- the program that is meant -------------------------------------------- */

/* The first program among the arguments of one that runs others; NULL: none. */
static const char *behind(char *path, size_t size, const char *const command[])
{
    for (int i = 1; command[i]; i++)
        if (command[i][0] != '-' && !strchr(command[i], '=') &&
            program_file_in_path(path, size, command[i]))
            return path;
    return NULL;
}

bool program_file_look(struct program_file *file, const char *const command[],
                       struct diag *diag)
{
    if (program_file_in_path(file->path, sizeof file->path, command[0]))
        return true;
    diag_set(diag, NULL, 0, 0, _("%s is not a program that can be run"),
             command[0]);
    return false;
}

bool program_file_find(struct program_file *file, const char *const command[],
                       struct diag *diag)
{
    char inner[sizeof file->path];
    const char *meant = file->path;
    struct stat status;

    file->device = 0;
    file->inode = 0;
    if (!program_file_look(file, command, diag) || !accept(file->path, diag))
        return false;
    snprintf(file->meant, sizeof file->meant, "%s", file->path);
    if (is_among(wrapper, file->path))
        meant = behind(inner, sizeof inner, command);
    if (!meant || is_among(shell, meant))
        return true;
    if (meant != file->path && !accept(meant, diag))
        return false;
    snprintf(file->meant, sizeof file->meant, "%s", meant);
    if (stat(meant, &status) == 0) {
        file->device = status.st_dev;
        file->inode = status.st_ino;
    }
    return true;
}

/*
 * program_identity.c -- see program_identity.h.
 *
 * Of an ELF file only what is executed or changed counts: folder names that the
 * compiler leaves for debuggers differ from laptop to laptop, and mean nothing
 * to an order.
 */
#include "cli/program/program_identity.h"

#include <string.h>
#include <sys/stat.h>

#include "sched/base/elf_image.h"
#include "sched/scheduler/schedule.h"

static uint64_t mix_image(uint64_t hash, const struct elf_image *image)
{
    return schedule_mix(hash, image->byte, image->bytes);
}

/* What is loaded to be executed or written. */
static uint64_t mix_parts(uint64_t hash, const struct elf_image *image,
                          const Elf64_Ehdr *head)
{
    const Elf64_Phdr *header = elf_image_part(image, head->e_phoff,
                                              head->e_phnum * sizeof *header);

    for (int i = 0; header && i < head->e_phnum; i++)
        if (header[i].p_type == PT_LOAD && header[i].p_flags & (PF_X | PF_W) &&
            header[i].p_offset <= image->bytes &&
            header[i].p_filesz <= image->bytes - header[i].p_offset)
            hash = schedule_mix(hash, image->byte + header[i].p_offset,
                                (size_t)header[i].p_filesz);
    return hash;
}

static uint64_t mix_file(uint64_t hash, const char *path, bool program)
{
    const Elf64_Ehdr *head;
    struct elf_image image;
    struct stat status;

    if (stat(path, &status) != 0 || !S_ISREG(status.st_mode) ||
        !elf_image_open(&image, path))
        return hash;
    head = program ? elf_image_head(&image) : NULL;
    hash = head ? mix_parts(hash, &image, head) : mix_image(hash, &image);
    elf_image_close(&image);
    return hash;
}

void program_identity(struct schedule_program *identity, const char *path,
                      const char *const *command, const char *input)
{
    uint64_t given = 0;

    for (int i = 1; command[i]; i++) {
        given = schedule_mix(given, command[i], strlen(command[i]) + 1);
        given = mix_file(given, command[i], false);
    }
    if (input)
        given = mix_file(given + 1, input, false);
    identity->code = (uint32_t)mix_file(0, path, true);
    identity->input = (uint32_t)given;
}

/*
 * elf_line.c -- a look into the line table of an ELF file (DWARF 2 to 5).
 *
 * A compiler writes down which line each piece of the program comes from, as a
 * program for a small machine whose every step adds a little to an address and
 * a line (DWARF 5, section 6.2). We run these until one passes the address.
 *
 * The library that is loaded into other people's programs asks; it may not use
 * a library for this, which would call malloc in the middle of the program.
 */
#include "sched/base/elf_line.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "sched/base/elf_image.h"

/* What of the format is used here, under its own names. */
enum {
    DW_LNS_copy = 1,
    DW_LNS_advance_pc,
    DW_LNS_advance_line,
    DW_LNS_set_file,
    DW_LNS_set_column,
    DW_LNS_negate_stmt,
    DW_LNS_set_basic_block,
    DW_LNS_const_add_pc,
    DW_LNS_fixed_advance_pc,
    DW_LNE_end_sequence = 1,
    DW_LNE_set_address,
    DW_LNCT_path = 1,
    DW_FORM_data2 = 0x05,
    DW_FORM_data4 = 0x06,
    DW_FORM_data8 = 0x07,
    DW_FORM_string = 0x08,
    DW_FORM_block = 0x09,
    DW_FORM_data1 = 0x0b,
    DW_FORM_strp = 0x0e,
    DW_FORM_udata = 0x0f,
    DW_FORM_data16 = 0x1e,
    DW_FORM_line_strp = 0x1f,
    FORMATS = 8, /* of one entry */
    OPCODES = 256
};

/* Bytes that are read from left to right. */
struct line_reader {
    const char *at, *end;
    bool bad; /* it went past the end, or means nothing to us */
};

struct line_sections {
    struct elf_image line, line_strings, strings;
};

struct line_unit {
    const struct line_sections *sections;
    struct line_reader files;   /* from the head of its table on */
    struct line_reader program; /* the steps */
    unsigned version, opcode_base, line_range, least;
    int line_base;
    bool wide; /* offsets of 8 bytes */
    unsigned char operands[OPCODES];
};

/* One row of the table that the steps make. */
struct line_row {
    uint64_t address, file, line;
    bool ends;
};

/* --- numbers -------------------------------------------------------------- */

/* In the order of this machine, as in all its programs. */
static uint64_t take(struct line_reader *reader, size_t bytes)
{
    const bool is_big = __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__;
    uint64_t value = 0;

    if ((size_t)(reader->end - reader->at) < bytes || bytes > sizeof value) {
        reader->bad = true;
        reader->at = reader->end;
        return 0;
    }
    memcpy((char *)&value + (is_big ? sizeof value - bytes : 0), reader->at,
           bytes);
    reader->at += bytes;
    return value;
}

static void skip(struct line_reader *reader, uint64_t bytes)
{
    if ((uint64_t)(reader->end - reader->at) < bytes) {
        reader->bad = true;
        reader->at = reader->end;
        return;
    }
    reader->at += bytes;
}

static uint64_t take_leb(struct line_reader *reader, bool is_signed)
{
    uint64_t value = 0, byte;
    unsigned shift = 0;

    do {
        byte = take(reader, 1);
        if (shift < 64)
            value |= (byte & 0x7f) << shift;
        shift += 7;
    } while (byte & 0x80);
    if (is_signed && shift < 64 && byte & 0x40)
        value |= ~UINT64_C(0) << shift;
    return value;
}

/* NULL: it does not end. */
static const char *take_text(struct line_reader *reader)
{
    const char *text = reader->at;
    const char *end = memchr(text, '\0', (size_t)(reader->end - text));

    if (!end) {
        reader->bad = true;
        reader->at = reader->end;
        return NULL;
    }
    reader->at = end + 1;
    return text;
}

static const char *text_in(const struct elf_image *texts, uint64_t offset)
{
    if (offset >= texts->bytes ||
        !memchr(texts->byte + offset, '\0', (size_t)(texts->bytes - offset)))
        return NULL;
    return texts->byte + offset;
}

/* --- names of files ------------------------------------------------------- */

/* A text, or NULL: it is something else. Who does not want it only passes it:
 * texts of a hostile file may be long, and be those of all entries. */
static const char *take_form(const struct line_unit *unit,
                             struct line_reader *reader, uint64_t form,
                             bool wanted)
{
    const struct elf_image *texts = form == DW_FORM_strp
                                        ? &unit->sections->strings
                                        : &unit->sections->line_strings;
    uint64_t offset;

    switch (form) {
    case DW_FORM_string:
        return take_text(reader);
    case DW_FORM_line_strp:
    case DW_FORM_strp:
        offset = take(reader, unit->wide ? 8 : 4);
        return wanted ? text_in(texts, offset) : NULL;
    case DW_FORM_udata:
        take_leb(reader, false);
        break;
    case DW_FORM_block:
        skip(reader, take_leb(reader, false));
        break;
    case DW_FORM_data1:
        skip(reader, 1);
        break;
    case DW_FORM_data2:
        skip(reader, 2);
        break;
    case DW_FORM_data4:
        skip(reader, 4);
        break;
    case DW_FORM_data8:
        skip(reader, 8);
        break;
    case DW_FORM_data16:
        skip(reader, 16);
        break;
    default:
        reader->bad = true;
    }
    return NULL;
}

/* The path of one entry of a table, counted from 0; past the last one the
 * reader stands after the table. */
static const char *path_of_entry(const struct line_unit *unit,
                                 struct line_reader *reader, uint64_t wanted)
{
    uint64_t type[FORMATS], form[FORMATS], formats = take(reader, 1), entries;

    if (formats > FORMATS) {
        reader->bad = true;
        return NULL;
    }
    for (uint64_t i = 0; i < formats; i++) {
        type[i] = take_leb(reader, false);
        form[i] = take_leb(reader, false);
    }
    entries = take_leb(reader, false);
    for (uint64_t e = 0; formats > 0 && e < entries && !reader->bad; e++) {
        const char *path = NULL;

        for (uint64_t i = 0; i < formats; i++) {
            const char *text = take_form(unit, reader, form[i], e == wanted);

            if (type[i] == DW_LNCT_path)
                path = text;
        }
        if (e == wanted)
            return path;
    }
    return NULL;
}

/* Before DWARF 5: lists that end with an empty name, counted from 1. */
static const char *old_path(struct line_reader *reader, uint64_t wanted)
{
    const char *path;

    while ((path = take_text(reader)) && *path)
        continue;
    for (uint64_t i = 1; (path = take_text(reader)) && *path; i++) {
        if (i == wanted)
            return path;
        for (int n = 0; n < 3; n++) /* folder, time, length */
            take_leb(reader, false);
    }
    return NULL;
}

static const char *path_of(const struct line_unit *unit, uint64_t file)
{
    struct line_reader reader = unit->files;

    if (unit->version < 5)
        return old_path(&reader, file);
    path_of_entry(unit, &reader, UINT64_MAX); /* past the folders */
    return reader.bad ? NULL : path_of_entry(unit, &reader, file);
}

/* --- the steps ------------------------------------------------------------ */

static void extended(struct line_unit *unit, struct line_row *row)
{
    struct line_reader *program = &unit->program;
    uint64_t bytes = take_leb(program, false);
    uint64_t opcode = bytes ? take(program, 1) : 0;

    if (opcode == DW_LNE_set_address)
        row->address = take(program, (size_t)bytes - 1);
    else
        skip(program, bytes ? bytes - 1 : 0);
    row->ends = opcode == DW_LNE_end_sequence;
}

static void special(const struct line_unit *unit, struct line_row *row,
                    unsigned opcode)
{
    unsigned adjusted = opcode - unit->opcode_base;

    row->address += (uint64_t)(adjusted / unit->line_range) * unit->least;
    row->line += (uint64_t)(unit->line_base +
                            (int)(adjusted % unit->line_range));
}

static void standard(struct line_unit *unit, struct line_row *row,
                     unsigned opcode)
{
    struct line_reader *program = &unit->program;
    struct line_row unused = { .line = 0 };

    switch (opcode) {
    case DW_LNS_advance_pc:
        row->address += take_leb(program, false) * unit->least;
        break;
    case DW_LNS_advance_line:
        row->line += take_leb(program, true);
        break;
    case DW_LNS_set_file:
        row->file = take_leb(program, false);
        break;
    case DW_LNS_const_add_pc:
        special(unit, &unused, 255);
        row->address += unused.address;
        break;
    case DW_LNS_fixed_advance_pc:
        row->address += take(program, 2);
        break;
    default:
        for (int i = 0; i < unit->operands[opcode]; i++)
            take_leb(program, false);
    }
}

/* The next row. Returns false at the end. */
static bool next_row(struct line_unit *unit, struct line_row *row)
{
    struct line_reader *program = &unit->program;

    if (row->ends)
        *row = (struct line_row){ .file = 1, .line = 1 };
    while (program->at < program->end) {
        unsigned opcode = (unsigned)take(program, 1);

        if (opcode >= unit->opcode_base)
            return special(unit, row, opcode), true;
        if (opcode == DW_LNS_copy)
            return true;
        if (opcode == 0)
            extended(unit, row);
        else
            standard(unit, row, opcode);
        if (row->ends || program->bad)
            return !program->bad;
    }
    return false;
}

static bool search_unit(struct line_unit *unit, struct elf_line *line,
                        uint64_t address)
{
    struct line_row row = { .ends = true }, before = row;
    const char *path, *name;

    for (; next_row(unit, &row); before = row) {
        if (before.ends || address < before.address || address >= row.address)
            continue;
        path = path_of(unit, before.file);
        if (!path)
            return false;
        name = strrchr(path, '/');
        snprintf(line->file, sizeof line->file, "%s", name ? name + 1 : path);
        line->line = (unsigned)before.line;
        return true;
    }
    return false;
}

/* --- units ---------------------------------------------------------------- */

/* The next one, and reader after it. Returns false if it cannot be read. */
static bool take_unit(struct line_unit *unit, struct line_reader *reader)
{
    uint64_t bytes = take(reader, 4);
    struct line_reader head;

    unit->wide = bytes == UINT32_MAX;
    if (unit->wide)
        bytes = take(reader, 8);
    head = *reader;
    skip(reader, bytes);
    head.end = reader->at;
    unit->version = (unsigned)take(&head, 2);
    if (unit->version >= 5)
        skip(&head, 2); /* sizes of an address and of a segment's number */
    bytes = take(&head, unit->wide ? 8 : 4);
    unit->program = head;
    skip(&unit->program, bytes);
    unit->least = (unsigned)take(&head, 1);
    skip(&head, unit->version >= 4 ? 2 : 1);
    unit->line_base = (signed char)take(&head, 1);
    unit->line_range = (unsigned)take(&head, 1);
    unit->opcode_base = (unsigned)take(&head, 1);
    for (unsigned i = 1; i < unit->opcode_base; i++)
        unit->operands[i] = (unsigned char)take(&head, 1);
    unit->files = head;
    return !reader->bad && !head.bad && !unit->program.bad &&
           unit->line_range > 0 && unit->opcode_base > 0;
}

static bool search(const struct line_sections *sections, struct elf_line *line,
                   uint64_t address)
{
    struct line_reader reader = { sections->line.byte,
                                  sections->line.byte + sections->line.bytes,
                                  false };
    struct line_unit unit = { .sections = sections };

    while (reader.at < reader.end)
        if (!take_unit(&unit, &reader))
            return false;
        else if (unit.version >= 2 && unit.version <= 5 &&
                 search_unit(&unit, line, address))
            return true;
    return false;
}

static bool is_called(const struct elf_image *names, uint64_t offset,
                      const char *name)
{
    size_t bytes = strlen(name) + 1;

    return offset <= names->bytes && bytes <= names->bytes - offset &&
           memcmp(names->byte + offset, name, bytes) == 0;
}

static void find_section(struct elf_image *section,
                         const struct elf_image *image, const char *name)
{
    const Elf64_Ehdr *head = elf_image_head(image);
    const Elf64_Shdr *table = elf_image_part(image, head->e_shoff,
                                             head->e_shnum * sizeof *table);
    struct elf_image names;

    *section = (struct elf_image){ "", 0 };
    if (!table || head->e_shstrndx >= head->e_shnum ||
        !elf_image_section(&names, image, &table[head->e_shstrndx]))
        return;
    for (size_t i = 0; i < head->e_shnum; i++) {
        if (is_called(&names, table[i].sh_name, name) &&
            !(table[i].sh_flags & SHF_COMPRESSED) &&
            !elf_image_section(section, image, &table[i]))
            *section = (struct elf_image){ "", 0 };
    }
}

bool elf_line_find(struct elf_line *line, const char *path, uintptr_t address)
{
    struct line_sections sections;
    struct elf_image image;
    const Elf64_Ehdr *head;
    bool found = false;

    if (!elf_image_open(&image, path))
        return false;
    head = elf_image_head(&image);
    if (head && head->e_ident[EI_CLASS] == ELFCLASS64) {
        find_section(&sections.line, &image, ".debug_line");
        find_section(&sections.line_strings, &image, ".debug_line_str");
        find_section(&sections.strings, &image, ".debug_str");
        found = search(&sections, line, address);
    }
    elf_image_close(&image);
    return found;
}

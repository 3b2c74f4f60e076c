/*
 * context_aarch64.S -- change stacks on 64-bit ARM (AAPCS64).
 *
 * The idea is that of context_x86_64.S; what differs is the list. A called
 * function must preserve x19 to x28, the frame pointer x29 and the lower halves
 * of v8 to v15, which are called d8 to d15; and the return address is in a
 * register, x30. A stopped stack looks so:
 *
 *               +168  -
 *               +160  FPCR, with --enable-fp-control
 *                +96  d8 … d15
 *                +80  x29, x30 (where to go on)
 *      top ->     +0  x19 … x28
 *
 * `ret` and not `br x30`: with branch target identification a `br` must land
 * on a BTI instruction, and no call is followed by one. `hint #34` is BTI c
 * for assemblers that do not know the word.
 */
#define FRAME 176

        .text

/* void context_switch(struct context *from, const struct context *to) */
        .globl  context_switch
        .type   context_switch, %function
        .balign 16
context_switch:
        .cfi_startproc
        hint    #34
        sub     sp, sp, #FRAME
        .cfi_def_cfa_offset FRAME
        stp     x19, x20, [sp, #0]
        .cfi_rel_offset x19, 0
        .cfi_rel_offset x20, 8
        stp     x21, x22, [sp, #16]
        .cfi_rel_offset x21, 16
        .cfi_rel_offset x22, 24
        stp     x23, x24, [sp, #32]
        .cfi_rel_offset x23, 32
        .cfi_rel_offset x24, 40
        stp     x25, x26, [sp, #48]
        .cfi_rel_offset x25, 48
        .cfi_rel_offset x26, 56
        stp     x27, x28, [sp, #64]
        .cfi_rel_offset x27, 64
        .cfi_rel_offset x28, 72
        stp     x29, x30, [sp, #80]
        .cfi_rel_offset x29, 80
        .cfi_rel_offset x30, 88
        stp     d8, d9, [sp, #96]
        stp     d10, d11, [sp, #112]
        stp     d12, d13, [sp, #128]
        stp     d14, d15, [sp, #144]
#ifdef CONTEXT_FP_CONTROL
        mrs     x9, fpcr
        str     x9, [sp, #160]
#endif

        mov     x9, sp
        str     x9, [x0]                /* from->top */
        ldr     x9, [x1]
        mov     sp, x9                  /* to->top: the other stack */

#ifdef CONTEXT_FP_CONTROL
        ldr     x9, [sp, #160]
        msr     fpcr, x9
#endif
        ldp     d14, d15, [sp, #144]
        ldp     d12, d13, [sp, #128]
        ldp     d10, d11, [sp, #112]
        ldp     d8, d9, [sp, #96]
        ldp     x29, x30, [sp, #80]
        ldp     x27, x28, [sp, #64]
        ldp     x25, x26, [sp, #48]
        ldp     x23, x24, [sp, #32]
        ldp     x21, x22, [sp, #16]
        ldp     x19, x20, [sp, #0]
        add     sp, sp, #FRAME
        .cfi_def_cfa_offset 0
        ret
        .cfi_endproc
        .size   context_switch, . - context_switch

/*
 * void context_make(struct context *context, void *low, size_t size,
 *                   void (*entry)(void *), void *argument)
 */
        .globl  context_make
        .type   context_make, %function
        .balign 16
context_make:
        .cfi_startproc
        hint    #34
        add     x9, x1, x2              /* the stack's end */
        and     x9, x9, #-16
        sub     x9, x9, #FRAME
        stp     x3, x4, [x9, #0]        /* x19: entry, x20: argument */
        adr     x10, begin
        stp     xzr, x10, [x9, #80]     /* x29: no frame above; x30: begin */
        stp     xzr, xzr, [x9, #96]     /* d8 … d15: nothing of anybody's */
        stp     xzr, xzr, [x9, #112]
        stp     xzr, xzr, [x9, #128]
        stp     xzr, xzr, [x9, #144]
#ifdef CONTEXT_FP_CONTROL
        mrs     x10, fpcr               /* a child has its parent's modes */
        str     x10, [x9, #160]
#endif
        str     x9, [x0]
        ret
        .cfi_endproc
        .size   context_make, . - context_make

/* The first thing on a new stack; backtraces end here. */
        .type   begin, %function
        .balign 16
begin:
        .cfi_startproc
        .cfi_undefined x30
        hint    #34
        mov     x0, x20
        blr     x19
        brk     #1                      /* entry returned: our mistake */
        .cfi_endproc
        .size   begin, . - begin

        .section .note.GNU-stack, "", %progbits

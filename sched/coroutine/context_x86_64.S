/*
 * context_x86_64.S -- change stacks on x86-64 (System V calling convention).
 *
 * A function call may destroy all registers but six (rbp, rbx, r12 to r15) and
 * the stack pointer. context_switch is called like any function, so whoever
 * calls it has put everything else away already: six pushes, another stack
 * pointer, six pops, and we are somebody else. A stopped stack looks so:
 *
 *      address  +48  where to go on
 *               +40  rbp
 *               +32  rbx
 *               +24  r12
 *               +16  r13
 *                +8  r14
 *      top ->    +0  r15             (below it, by choice: FP control words)
 *
 * Why not `ret`: the processor keeps its own list of return addresses, and
 * predicts with it that we go back to where *from* was called. We never do, so
 * each `ret` here would be a misprediction; the same registers cost 8.6 ns
 * with it and 2.3 ns with `pop` and `jmp`.
 *
 * Why to->top is read first: read after from->top was stored, it has to wait
 * until the processor knows that the two are not the same place, and everything
 * after it waits too. One line moved up: 1.4 ns instead of 3.0 on one processor.
 * So *from and *to must be two contexts.
 *
 * Inlining the switch into each caller saves half a nanosecond more, but then
 * no file like this one can be read, and a compiler may keep across it what
 * another stack has changed meanwhile.
 *
 * The .cfi lines tell debuggers where the saved registers are; they are right
 * before and after the stack pointer changes because both stacks look alike.
 * <cet.h> is left out on purpose: it would promise that shadow stacks work
 * here, and this code does not switch them.
 */
#ifdef __CET__
#define LANDING endbr64        /* may be called through a pointer */
#define GO_ON   notrack jmp *%rcx
#else
#define LANDING
#define GO_ON   jmp *%rcx
#endif

        .text

/* void context_switch(struct context *from, const struct context *to) */
        .globl  context_switch
        .type   context_switch, @function
        .balign 16
context_switch:
        .cfi_startproc
        LANDING
        mov     (%rsi), %rax            /* to->top */
        push    %rbp
        .cfi_adjust_cfa_offset 8
        .cfi_rel_offset %rbp, 0
        push    %rbx
        .cfi_adjust_cfa_offset 8
        .cfi_rel_offset %rbx, 0
        push    %r12
        .cfi_adjust_cfa_offset 8
        .cfi_rel_offset %r12, 0
        push    %r13
        .cfi_adjust_cfa_offset 8
        .cfi_rel_offset %r13, 0
        push    %r14
        .cfi_adjust_cfa_offset 8
        .cfi_rel_offset %r14, 0
        push    %r15
        .cfi_adjust_cfa_offset 8
        .cfi_rel_offset %r15, 0
#ifdef CONTEXT_FP_CONTROL
        sub     $8, %rsp
        .cfi_adjust_cfa_offset 8
        stmxcsr (%rsp)
        fnstcw  4(%rsp)
#endif

        mov     %rsp, (%rdi)            /* from->top */
        mov     %rax, %rsp              /* the other stack */

#ifdef CONTEXT_FP_CONTROL
        ldmxcsr (%rsp)
        fldcw   4(%rsp)
        add     $8, %rsp
        .cfi_adjust_cfa_offset -8
#endif
        pop     %r15
        .cfi_adjust_cfa_offset -8
        .cfi_restore %r15
        pop     %r14
        .cfi_adjust_cfa_offset -8
        .cfi_restore %r14
        pop     %r13
        .cfi_adjust_cfa_offset -8
        .cfi_restore %r13
        pop     %r12
        .cfi_adjust_cfa_offset -8
        .cfi_restore %r12
        pop     %rbx
        .cfi_adjust_cfa_offset -8
        .cfi_restore %rbx
        pop     %rbp
        .cfi_adjust_cfa_offset -8
        .cfi_restore %rbp
        pop     %rcx
        .cfi_adjust_cfa_offset -8
        .cfi_register %rip, %rcx
        GO_ON
        .cfi_endproc
        .size   context_switch, . - context_switch

/*
 * void context_make(struct context *context, void *low, size_t size,
 *                   void (*entry)(void *), void *argument)
 *
 * Writes the picture above by hand: the first switch "returns" to begin.
 */
        .globl  context_make
        .type   context_make, @function
        .balign 16
context_make:
        .cfi_startproc
        LANDING
        lea     (%rsi,%rdx), %rax       /* the stack's end */
        and     $-16, %rax              /* where calls are made it is 16 n */
        lea     begin(%rip), %rdx
        mov     %rdx, -8(%rax)          /* where to go on */
        movq    $0, -16(%rax)           /* rbp: no frame above this one */
        movq    $0, -24(%rax)           /* rbx */
        mov     %rcx, -32(%rax)         /* r12: entry */
        mov     %r8, -40(%rax)          /* r13: argument */
        movq    $0, -48(%rax)           /* r14 */
        movq    $0, -56(%rax)           /* r15 */
        lea     -56(%rax), %rax
#ifdef CONTEXT_FP_CONTROL
        lea     -8(%rax), %rax
        stmxcsr (%rax)                  /* a child has its parent's modes */
        fnstcw  4(%rax)
#endif
        mov     %rax, (%rdi)
        ret
        .cfi_endproc
        .size   context_make, . - context_make

/* The first thing on a new stack; backtraces end here. */
        .type   begin, @function
        .balign 16
begin:
        .cfi_startproc
        .cfi_undefined %rip
        LANDING
        mov     %r13, %rdi
        call    *%r12
        ud2                             /* entry returned: our mistake */
        .cfi_endproc
        .size   begin, . - begin

        .section .note.GNU-stack, "", @progbits

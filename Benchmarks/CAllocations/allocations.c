#include "CAllocations.h"

#include <stdatomic.h>
#include <stddef.h>

// The linker prefers a program's own malloc over the C library's, also for the libraries it loads
// (glibc manual, "Replacing malloc"). These only count and hand on, so `free` needs no counterpart.
extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *memory, size_t size);

static atomic_int_fast64_t all;
static _Thread_local int64_t mine;

static void count(void) {
  atomic_fetch_add_explicit(&all, 1, memory_order_relaxed);
  mine++;
}

void *malloc(size_t size) {
  count();
  return __libc_malloc(size);
}

void *calloc(size_t number, size_t size) {
  count();
  return __libc_calloc(number, size);
}

void *realloc(void *memory, size_t size) {
  count();
  return __libc_realloc(memory, size);
}

int64_t duet_allocations(void) {
  return atomic_load_explicit(&all, memory_order_relaxed);
}

int64_t duet_thread_allocations(void) { return mine; }

#ifndef C_ALLOCATIONS_H
#define C_ALLOCATIONS_H

#include <stdint.h>

/// How many pieces of memory all threads have asked for since the process started.
int64_t duet_allocations(void);

/// The same of the calling thread alone.
int64_t duet_thread_allocations(void);

#endif

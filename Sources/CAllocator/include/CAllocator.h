// What Swift's view of the C library leaves out of glibc's malloc.h.
#ifndef COLDSTART_ALLOCATOR_H
#define COLDSTART_ALLOCATOR_H

#if defined(__linux__)
#include <features.h>
#endif
#if defined(__GLIBC__)
#include <malloc.h>
#endif

/// Gives arrays of `bytes` or more pages of their own, which go back to the system with them, and keeps the rest in at most `heaps`
/// heaps. Does nothing elsewhere than with glibc.
static inline void coldstart_return_large_arrays(int bytes, int heaps) {
#if defined(__GLIBC__)
    mallopt(M_MMAP_THRESHOLD, bytes);
    mallopt(M_ARENA_MAX, heaps);
#else
    (void)bytes;
    (void)heaps;
#endif
}

#endif

// Stands before the C library's allocation, which has no counter of its own; glibc exports its functions under a second
// name for this. Linked into tests only. A sanitizer stands there itself: then nothing is counted.
#include "allocation_counter.h"

#include <errno.h>

#include <stddef.h>

#if defined(__has_feature)
#if __has_feature(thread_sanitizer) || __has_feature(address_sanitizer)
#define COLDSTART_SANITIZED
#endif
#endif

#if defined(__GLIBC__) && !defined(COLDSTART_SANITIZED)

static __thread long allocations;
extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);

static void count(void) { allocations++; }

void *malloc(size_t size) { count(); return __libc_malloc(size); }
void *calloc(size_t n, size_t size) { count(); return __libc_calloc(n, size); }
void *realloc(void *p, size_t size) { count(); return __libc_realloc(p, size); }
void *aligned_alloc(size_t alignment, size_t size) { count(); return __libc_memalign(alignment, size); }
int posix_memalign(void **p, size_t alignment, size_t size) {
    count();
    *p = __libc_memalign(alignment, size);
    return *p ? 0 : ENOMEM;
}
long allocation_count(void) { return allocations; }
#else
long allocation_count(void) { return -1; }
#endif

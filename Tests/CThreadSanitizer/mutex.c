// ThreadSanitizer sees what is compiled with it. `Synchronization.Mutex` is, where nobody else holds the lock; where somebody
// does, Swift's own library takes and gives it (a futex with priority inheritance), which the sanitizer cannot see: it
// would call a race what the lock orders. So these two functions of the library are called by way of here. Their names
// are part of Swift's ABI on Linux.
#include "thread_sanitizer.h"

#if defined(__linux__) && __has_feature(thread_sanitizer)

#include <dlfcn.h>
#include <stddef.h>
#include <stdint.h>

#define SWIFT_CALL __attribute__((swiftcall))
#define SWIFT_SELF __attribute__((swift_context)) void *

void __tsan_acquire(void *);
void __tsan_release(void *);

typedef SWIFT_CALL void (*lock_function)(uint32_t thread, SWIFT_SELF mutex);
typedef SWIFT_CALL void (*unlock_function)(SWIFT_SELF mutex);

static void *library_function(const char *name) { return dlsym(RTLD_NEXT, name); }

SWIFT_CALL void lock(uint32_t thread, SWIFT_SELF mutex) __asm__("$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF");
SWIFT_CALL void lock(uint32_t thread, SWIFT_SELF mutex) {
    ((lock_function)library_function("$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF"))(thread, mutex);
    __tsan_acquire(mutex);
}

SWIFT_CALL void unlock(SWIFT_SELF mutex) __asm__("$s15Synchronization12_MutexHandleV11_unlockSlowyyF");
SWIFT_CALL void unlock(SWIFT_SELF mutex) {
    __tsan_release(mutex);
    ((unlock_function)library_function("$s15Synchronization12_MutexHandleV11_unlockSlowyyF"))(mutex);
}

#endif

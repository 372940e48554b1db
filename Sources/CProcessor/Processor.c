// Ends a program that its processor cannot run with one line and EX_UNAVAILABLE, before it dies of an illegal
// instruction.
//
// This is C because on x86-64 every Swift file of the package is compiled for AVX2 and FMA, `main` included: only code
// compiled without those flags may run before the check. It is a constructor because it then comes before `main`, and
// so before any Swift of ours, whether the command's `main` is asynchronous or not. Arm has NEON without asking.

#if defined(__x86_64__) && !defined(COLDSTART_PORTABLE)

#include <string.h>
#include <sysexits.h>
#include <unistd.h>

__attribute__((constructor)) static void check_processor(void) {
    __builtin_cpu_init();  // The constructor that usually does this may come later.
    // Both say no as well where the operating system does not save the wide registers.
    int avx2 = __builtin_cpu_supports("avx2"), fma = __builtin_cpu_supports("fma");
    if (avx2 && fma) return;
    char line[256] = "coldstart: this processor has ";
    strcat(line, avx2 ? "no FMA" : fma ? "no AVX2" : "neither AVX2 nor FMA");
    strcat(line, ", which this program was built for; build it with COLDSTART_KERNELS=portable for any x86-64\n");
    // Where standard error is closed there is nobody to tell.
    if (write(STDERR_FILENO, line, strlen(line)) < 0) _exit(EX_UNAVAILABLE);
    _exit(EX_UNAVAILABLE);
}

#endif

#include <stddef.h>
#include <stdint.h>

/// libFuzzer's loop, for a program that has a `main` of its own: calls `feed` with input after input.
int LLVMFuzzerRunDriver(int *argc, char ***argv, int (*feed)(const uint8_t *bytes, size_t count));

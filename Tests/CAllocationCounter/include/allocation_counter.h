#pragma once
/// Allocations of the calling thread so far; -1 where they cannot be counted.
long allocation_count(void);

#ifndef COLDSTART_DASHBOARD_H
#define COLDSTART_DASHBOARD_H

#include <stddef.h>

/// A file of the dashboard, as it stands in `Pages/`.
typedef struct {
    const char *_Nonnull name;
    const unsigned char *_Nonnull bytes;
    size_t count;
} dashboard_file;

/// How many files there are.
size_t dashboard_file_count(void);

/// The file of an index below the count.
dashboard_file dashboard_file_at(size_t index);

#endif

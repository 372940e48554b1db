#ifndef COLDSTART_OPENAPI_H
#define COLDSTART_OPENAPI_H

#include <stddef.h>

/// The OpenAPI document, as it stands in `openapi.json`.
const unsigned char *_Nonnull openapi_bytes(void);

/// Its length.
size_t openapi_count(void);

#endif

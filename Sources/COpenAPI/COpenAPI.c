#include "COpenAPI.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char document[] = {
#embed "openapi.json"
};

const unsigned char *openapi_bytes(void) { return document; }

size_t openapi_count(void) { return sizeof document; }

/// What ThreadSanitizer has to be told of Swift's locks; linked into builds for it only.
#pragma once

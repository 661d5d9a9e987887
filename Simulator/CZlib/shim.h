#include <zlib.h>

/// `deflateInit2` is a macro, which Swift cannot call: a gzip stream, packed fast.
static inline int duet_gzip_begin(z_stream *stream) {
    return deflateInit2(stream, Z_BEST_SPEED, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
}

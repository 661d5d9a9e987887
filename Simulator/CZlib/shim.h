#include <zlib.h>

/// `inflateInit2` is a macro too: the header of a stream says whether it is gzip's or zlib's.
static inline int duet_unpack_begin(z_stream *stream) {
    return inflateInit2(stream, 15 + 32);
}

/// `deflateInit2` is a macro, which Swift cannot call: a gzip stream, packed fast.
static inline int duet_gzip_begin(z_stream *stream) {
    return deflateInit2(stream, Z_BEST_SPEED, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
}

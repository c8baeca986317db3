#ifndef KPATROL_CZLIB_SHIM_H
#define KPATROL_CZLIB_SHIM_H

#include <zlib.h>

/// `deflateInit2` is a macro, which Swift does not see; 16 more window bits ask for gzip's frame.
static inline int zlib_begin_gzip(z_stream *stream, int level) {
  return deflateInit2(stream, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
}

/// `inflateInit2` is a macro, too; 32 more window bits take gzip's frame and zlib's.
static inline int zlib_begin_reading(z_stream *stream) {
  return inflateInit2(stream, 15 + 32);
}

#endif

#ifndef KPATROL_CZLIB_SHIM_H
#define KPATROL_CZLIB_SHIM_H

#include <zlib.h>

/// `deflateInit2` is a macro, which Swift does not see; 16 more window bits ask for gzip's frame.
static inline int zlib_begin_gzip(z_stream *stream, int level) {
  return deflateInit2(stream, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
}

#endif

// openpty(3), which the module Glibc leaves out.
#include <pty.h>

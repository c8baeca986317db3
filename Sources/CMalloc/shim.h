// glibc's own part of malloc, which the module Glibc leaves out.
#include <malloc.h>

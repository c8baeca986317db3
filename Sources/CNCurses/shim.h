#pragma once
#define NCURSES_WIDECHAR 1
#define _XOPEN_SOURCE_EXTENDED 1
#include <locale.h>
#include <ncursesw/curses.h>
#include <ncursesw/term.h>
#include <stdlib.h>
#include <string.h>

// Macros, variadics and globals of curses, which Swift cannot use as they are.

static inline WINDOW *kpatrol_stdscr(void) { return stdscr; }
static inline int kpatrol_colors(void) { return COLORS; }
static inline int kpatrol_color_pairs(void) { return COLOR_PAIRS; }

static const attr_t kpatrol_bold = A_BOLD;
static const attr_t kpatrol_dim = A_DIM;
static const attr_t kpatrol_underline = A_UNDERLINE;
static const attr_t kpatrol_reverse = A_REVERSE;

// Writes one cell: a base character and what combines with it, ended by a zero.
static inline int kpatrol_put(int row, int column, const wchar_t *text, attr_t attributes, int pair) {
  cchar_t cell;
  memset(&cell, 0, sizeof cell);
  setcchar(&cell, text, attributes, 0, &pair);
  return mvwadd_wchnstr(stdscr, row, column, &cell, 1);
}

// OK for a character, KEY_CODE_YES for a named key, ERR for nothing.
static inline int kpatrol_get_key(wint_t *key) { return wget_wch(stdscr, key); }

static const int kpatrol_is_character = OK;
static const int kpatrol_is_named_key = KEY_CODE_YES;

// Presses alone: where clicks are asked for, curses makes one of two that come in one read.
static inline void kpatrol_enable_mouse(void) {
  mousemask(BUTTON1_PRESSED | BUTTON4_PRESSED | BUTTON5_PRESSED, NULL);
  mouseinterval(0);
}

static inline void kpatrol_disable_mouse(void) { mousemask(0, NULL); }

static inline int kpatrol_is_click(mmask_t state) { return (state & BUTTON1_PRESSED) != 0; }
static inline int kpatrol_is_wheel_up(mmask_t state) { return (state & BUTTON4_PRESSED) != 0; }
static inline int kpatrol_is_wheel_down(mmask_t state) { return (state & BUTTON5_PRESSED) != 0; }

// The bytes of a terminfo string; NULL where the terminal has none.
static inline const char *kpatrol_terminfo(const char *name) {
  char *text = tigetstr((char *)name);
  return text == (char *)-1 ? NULL : text;
}

static inline int kpatrol_has_flag(const char *name) { return tigetflag((char *)name) == 1; }

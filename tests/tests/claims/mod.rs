//! Claims that textbooks make about threads in CPython, each shown by a run (`tests/claims.md` lists them).
//!
//! A program in `tests/claims` shows what can be seen in its output, its end and its virtual time; what can only be
//! seen in the events of a run is in [`gil`]. The outputs were compared with those of CPython 3.13 and 3.9. Not shown:
//! claims about processes, networks and other programs, and those that are advice; the list says why.

mod gil;
mod programs;
mod run;
mod table;

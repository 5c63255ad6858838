package index

import "runtime"

// workers is how many articles are read at a time: one a core, however many threads
// a program that also answers may use.
var workers = runtime.GOMAXPROCS(0)

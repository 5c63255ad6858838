package live

import (
	"os"
	"runtime"
)

// cores is how many cores Go found at the start.
var cores = runtime.GOMAXPROCS(0)

// threadsPerCore is how many threads run Go code for each core in a program that
// answers while it updates. With one, a question waits behind the update for as long
// as Go lets a goroutine run, 10 ms at a time and again; with two the system shares
// the cores among them in slices of its own, which are shorter. BenchmarkSwap
// compares: GOMAXPROCS=2 in the environment is one, on two cores.
const threadsPerCore = 2

// Spread makes Go use so many threads, where GOMAXPROCS does not say otherwise. As
// many questions are worked on at a time as before, one a core.
func Spread() {
	if os.Getenv("GOMAXPROCS") == "" {
		runtime.GOMAXPROCS(threadsPerCore * cores)
	}
}

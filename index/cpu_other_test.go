//go:build !unix

package index

import "time"

var began = time.Now()

// cpuTime is the time since the start: the processor's is not told here.
func cpuTime() time.Duration { return time.Since(began) }

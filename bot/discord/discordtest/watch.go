// What tests wait for and count on the gateway.

package discordtest

import "time"

// WaitReady waits until the bot has a session and is connected.
func (d *Discord) WaitReady(timeout time.Duration) {
	d.t.Helper()
	if !d.wait(timeout, func() bool { return d.connected() > 0 }) {
		d.t.Errorf("the bot did not come to READY within %v", timeout)
	}
}

// WaitGone waits until the bot has no connection to the gateway.
func (d *Discord) WaitGone(timeout time.Duration) {
	d.t.Helper()
	if !d.wait(timeout, func() bool { return len(d.conns) == 0 }) {
		d.t.Errorf("the bot was still connected after %v", timeout)
	}
}

// WaitResumes waits until sessions were resumed n times in all.
func (d *Discord) WaitResumes(n int, timeout time.Duration) {
	d.t.Helper()
	if !d.wait(timeout, func() bool { return d.resumes >= n }) {
		d.t.Errorf("%d times resumed within %v, want %d", d.Resumes(), timeout, n)
	}
}

// WaitIdentifies waits until n IDENTIFYs were accepted in all.
func (d *Discord) WaitIdentifies(n int, timeout time.Duration) {
	d.t.Helper()
	if !d.wait(timeout, func() bool { return len(d.identifies) >= n }) {
		d.t.Errorf("%d times identified within %v, want %d", d.Identifies(), timeout, n)
	}
}

// WaitConnections waits until the gateway has at least n connections, identified or not.
func (d *Discord) WaitConnections(n int, timeout time.Duration) {
	d.t.Helper()
	if !d.wait(timeout, func() bool { return len(d.conns) >= n }) {
		d.t.Errorf("fewer than %d gateway connections within %v", n, timeout)
	}
}

// WaitHeartbeats waits until n heartbeats came in all.
func (d *Discord) WaitHeartbeats(n int, timeout time.Duration) {
	d.t.Helper()
	if !d.wait(timeout, func() bool { return d.heartbeats >= n }) {
		d.t.Errorf("%d heartbeats within %v, want %d", d.Heartbeats(), timeout, n)
	}
}

// Connected is how many sessions have a connection now.
func (d *Discord) Connected() int { return d.counted(d.connected) }

// Resumes is how often a session was resumed.
func (d *Discord) Resumes() int { return d.counted(func() int { return d.resumes }) }

// Identifies is how many IDENTIFYs were accepted.
func (d *Discord) Identifies() int { return d.counted(func() int { return len(d.identifies) }) }

// Heartbeats is how many heartbeats came.
func (d *Discord) Heartbeats() int { return d.counted(func() int { return d.heartbeats }) }

// connected needs d.mu.
func (d *Discord) connected() int {
	n := 0
	for _, s := range d.sessions {
		if s.conn != nil {
			n++
		}
	}
	return n
}

func (d *Discord) counted(count func() int) int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return count()
}

func (d *Discord) noteHeartbeat() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.heartbeats++
	d.broadcast()
}

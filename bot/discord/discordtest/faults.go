// What may fail, on and off while the Discord runs.

package discordtest

import (
	"net"
	"net/http"
	"time"
)

// Faults are failures that last until they are turned off.
type Faults struct {
	// Silent keeps the gateway's connections open and says nothing on them: no
	// events, no heartbeat ACKs.
	Silent bool
	// NoHello accepts gateway connections and never sends HELLO.
	NoHello bool
	// ReconnectNotReady answers IDENTIFY and RESUME with opcode 7.
	ReconnectNotReady bool
	// RefuseIdentify closes the connection with this code after IDENTIFY.
	RefuseIdentify int
	// Unauthorized is a token that was reset: 401 on REST, 4004 on the gateway.
	Unauthorized bool
	// TooManyFor answers 429 with this Retry-After, in the bucket of each route, or
	// for all routes if TooManyGlobal is set.
	TooManyFor    time.Duration
	TooManyGlobal bool
	// Status answers every request with this status, 500 or 503 say.
	Status int
	// Route limits TooManyFor and Status to one endpoint, written as
	// "POST /channels/{channel_id}/messages"; all if empty.
	Route string
	// Latency is how long each REST call takes.
	Latency time.Duration
}

// Fault changes the faults: d.Fault(func(f *Faults) { f.Silent = true }).
func (d *Discord) Fault(change func(*Faults)) {
	d.mu.Lock()
	defer d.mu.Unlock()
	change(&d.faults)
	d.faultChange++
	if d.faults.TooManyFor == 0 {
		d.limits.blocks = nil
	}
	d.broadcast()
}

// Heal turns all faults off. What is Down stays down.
func (d *Discord) Heal() { d.Fault(func(f *Faults) { *f = Faults{} }) }

// Reconnect sends opcode 7 on every connection.
func (d *Discord) Reconnect() { d.disturb((*conn).leave) }

// InvalidateSession sends opcode 9 on every connection; sessions that can't be
// resumed end.
func (d *Discord) InvalidateSession(resumable bool) {
	d.disturb(func(c *conn) {
		if resumable {
			d.detach(c)
		} else {
			d.forget(c)
		}
		c.send(opInvalidSession, resumable)
	})
}

// detach lets a connection resume its session or identify anew.
func (d *Discord) detach(c *conn) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if c.session != nil {
		c.session.conn, c.session = nil, nil
	}
}

// Drop cuts every connection without a close frame. Sessions can be resumed.
func (d *Discord) Drop() { d.disturb((*conn).drop) }

// CloseGateway closes every connection with this code. After 4007 and 4009
// sessions can't be resumed.
func (d *Discord) CloseGateway(code int) {
	d.disturb(func(c *conn) {
		if code == CloseInvalidSequence || code == CloseSessionTimedOut {
			d.forget(c)
		}
		c.close(code, "")
	})
}

// ForgetSessions makes every RESUME to come fail, as a long absence does.
func (d *Discord) ForgetSessions() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.faultChange++
	clear(d.sessions)
}

// disturb does something to every connection and remembers that things were out
// of order, which excuses answers that come late.
func (d *Discord) disturb(do func(*conn)) {
	d.Fault(func(*Faults) {})
	for _, c := range d.liveConns() {
		do(c)
	}
}

// Down refuses connections, and cuts those that there are, until Up.
func (d *Discord) Down() {
	d.Fault(func(*Faults) {})
	d.stopServing()
}

// Up ends Down, on the same port.
func (d *Discord) Up() {
	d.t.Helper()
	var listener net.Listener
	var err error
	for range 50 { // somebody may hold the port for a moment
		if listener, err = net.Listen("tcp", d.address); err == nil {
			d.serve(listener)
			d.Fault(func(*Faults) {})
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	d.t.Errorf("bringing the Discord up again: %v", err)
}

// excused reports whether anything failed since the interaction began, or fails
// now: d.mu is held.
func (d *Discord) excused(i *Interaction) bool {
	return i.faultChange != d.faultChange || d.faults != Faults{} || d.server == nil && !d.closed
}

// failing answers a request as the faults demand; d.mu is held.
func (d *Discord) failing(header http.Header, c *call) (reply, bool) {
	f := d.faults
	if f.Route != "" && f.Route != c.method+" "+c.path {
		return reply{}, false
	}
	switch {
	case f.TooManyFor > 0:
		key := bucketKey(c)
		if f.TooManyGlobal {
			key = globalKey
		}
		now := time.Now()
		d.noteEarly(c, key, now)
		bucketHeaders(header, key, d.options.RouteRequests, d.options.RouteRequests, now, f.TooManyFor)
		return d.tooMany(header, key, f.TooManyFor, f.TooManyGlobal), true
	case f.Status != 0:
		return fail(f.Status, 0, http.StatusText(f.Status)), true
	}
	return reply{}, false
}

package message

import (
	"fmt"
	"time"
)

// Help, and the sentences for when something can't be done: one sentence that
// says what to do, never a cause that only the operator understands.

// Notice is one of those sentences.
type Notice string

// The notices.
const (
	NotAdmin     Notice = "not an admin"
	DMsOff       Notice = "direct messages are off"
	Unreadable   Notice = "an empty reply"        // its ping was off, so Discord hides its text
	Outdated     Notice = "an outdated button"    // ErrID
	Changed      Notice = "the statement is gone" // Find found nothing
	NoQuestion   Notice = "no question"           // the message keeps none: see Question
	NoQuotations Notice = "nothing to check"      // the message has no quotation
	Busy         Notice = "a reindex is running"  // another process or press
	Starting     Notice = "no index yet"          // it is being built
	Mending      Notice = "damaged index"         // likewise, after damage
	NotHere      Notice = "another channel"       // the operator lists where it may answer
	Stopped      Notice = "the program is ending"
	Reported     Notice = "the report has arrived" // "Wrong?" was sent
	SampleOnly   Notice = "the sample archive"     // nothing comes into it or out of it
	OneOfTwo     Notice = "a file or an address"   // neither was given, or both
	NoFile       Notice = "no such file"           // in the archive
	InsideFile   Notice = "inside of a file"       // one article of a file that holds many
	Occupied     Notice = "another file is there"  // nothing is put back over it
	NotKept      Notice = "no longer kept"         // so that it can't be put back
	LeftThere    Notice = "nothing was removed"
)

// Tell is a notice as a message, best sent privately.
func Tell(n Notice, lang Lang) Message {
	c := quiet
	if n == Reported {
		c = yes
	}
	return single(c, "", lang.words().notices[n])
}

// Refused says a sentence for people that another package made, the error of
// bot.QuotesForm.Check for one.
func Refused(sentence string) Message { return single(quiet, "", shortLine(sentence, maxMessage)) }

// Failed says that the work failed. ref stands for it in the log: "3f2a".
func Failed(ref string, lang Lang) Message {
	return single(no, "", fmt.Sprintf(lang.words().failed, shortLine(ref, maxName)))
}

// CantChange says that the archive's folder could not be read or written, and why.
func CantChange(reason, ref string, lang Lang) Message {
	return single(no, "", fmt.Sprintf(lang.words().cantChange, shortLine(reason, maxWhy), shortLine(ref, maxName)))
}

// RateLimited says how long to wait before asking again.
func RateLimited(wait time.Duration, lang Lang) Message {
	seconds := max(1, int((wait + time.Second - 1).Seconds()))
	return single(quiet, "", fmt.Sprintf(lang.words().rateLimited, seconds))
}

// Help says what can be asked and how to read the answers; to admins also what they
// can do.
func Help(lang Lang, admin bool) Message {
	text := lang.words().help
	if admin {
		text += "\n\n" + lang.words().helpAdmins
	}
	return single(neutral, "On Record", text)
}

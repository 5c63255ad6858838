package feed

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"onrecord/data/fetch"
)

// memory is what is known of each feed, in one JSON file. A state that was put in
// is a copy: nobody else's hands are on it.
type memory struct {
	file string

	mu    sync.Mutex
	feeds map[string]json.RawMessage // by the feed's URL
}

// known is what is remembered of a feed.
type known struct {
	ETag         string           `json:"etag,omitempty"`
	LastModified string           `json:"last_modified,omitempty"`
	Next         time.Time        `json:"next"`               // it is not polled before
	Failures     int              `json:"failures,omitempty"` // in a row
	Fault        string           `json:"fault,omitempty"`    // why the last of them failed
	Items        map[string]*fate `json:"items"`              // by id
}

// fate is what has become of an item.
type fate struct {
	Seen    time.Time `json:"seen"`              // when it was last in the feed
	File    string    `json:"file,omitempty"`    // stored there, below the archive
	Refused string    `json:"refused,omitempty"` // it was given up, for this reason
	Waiting *Item     `json:"waiting,omitempty"` // its page is still to be got
	Tries   int       `json:"tries,omitempty"`
	Next    time.Time `json:"next,omitzero"` // it is not tried again before, or when its stored page is looked at again

	Page *version `json:"page,omitempty"` // its stored page, as long as that is looked at again
}

// openMemory reads the file. One that is damaged is laid aside: what is stored
// already is found again in the archive.
func openMemory(file string) (m *memory, damaged error, err error) {
	m = &memory{file: file, feeds: map[string]json.RawMessage{}}
	raw, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return m, nil, nil
	}
	if err != nil {
		return nil, nil, fmt.Errorf("reading what is known of the feeds: %w", err)
	}
	if err := json.Unmarshal(raw, &m.feeds); err != nil || m.feeds == nil {
		m.feeds = map[string]json.RawMessage{}
		aside := file + ".damaged"
		return m, fmt.Errorf("what was known of the feeds can't be read and was laid aside as %s: %w", aside, err), os.Rename(file, aside)
	}
	return m, nil, nil
}

// get is what is known of a feed.
func (m *memory) get(url string) *known {
	m.mu.Lock()
	defer m.mu.Unlock()
	k := &known{}
	if json.Unmarshal(m.feeds[url], k) != nil {
		k = &known{} // not yet, or not in this form
	}
	if k.Items == nil {
		k.Items = map[string]*fate{}
	}
	for id, f := range k.Items {
		switch {
		case f == nil:
			delete(k.Items, id)
		case f.Waiting != nil:
			f.Waiting.ID = id
		}
	}
	return k
}

// put remembers what is known of a feed, on disk before it returns.
func (m *memory) put(url string, k *known) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	raw, err := json.Marshal(k)
	if err != nil {
		return fmt.Errorf("writing what is known of the feeds: %w", err)
	}
	m.feeds[url] = raw
	all, err := json.MarshalIndent(m.feeds, "", " ")
	if err != nil {
		return fmt.Errorf("writing what is known of the feeds: %w", err)
	}
	if err := replace(m.file, all); err != nil {
		return fmt.Errorf("writing what is known of the feeds: %w", err)
	}
	return nil
}

// replace writes a file that is the old one or the new at any moment.
func replace(file string, content []byte) (err error) {
	f, err := os.CreateTemp(filepath.Dir(file), ".onrecord-")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = os.Remove(f.Name()) // it is of no use, and there is an error already
		}
	}()
	if _, err = f.Write(content); err != nil {
		return errors.Join(err, f.Close())
	}
	if err = errors.Join(f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), file)
}

// stored tells whether a page of the feed is in the archive.
func (k *known) stored() bool {
	for _, f := range k.Items {
		if f.File != "" {
			return true
		}
	}
	return false
}

// State is how a feed is.
type State struct {
	Feed                     string    // its URL
	Stored, Waiting, Refused int       // pages of what is remembered: items that are in the feed or were lately
	Next                     time.Time // when it is asked again; zero if it was never asked
	Failures                 int       // in a row
	Fault                    string    // why the last of them failed
}

// States are how the feeds are, in the order in which they are set.
func (r *Reader) States() (all []State) {
	for _, feed := range r.Feeds {
		k := r.memory.get(feed)
		s := State{Feed: feed, Next: k.Next, Failures: k.Failures,
			Fault: strings.TrimPrefix(k.Fault, "getting "+fetch.Shown(feed)+": ")} // which feed it is stands beside it
		for _, f := range k.Items {
			switch {
			case f.File != "":
				s.Stored++
			case f.Waiting != nil:
				s.Waiting++
			default:
				s.Refused++
			}
		}
		all = append(all, s)
	}
	return all
}

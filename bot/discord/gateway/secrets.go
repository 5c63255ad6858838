package gateway

import (
	"fmt"
	"hash/maphash"
	"regexp"
	"strings"
	"sync"
)

// This file knows what must never be read in a log: the bot's token, and the
// tokens of interactions, which let anybody answer in the bot's name for 15
// minutes.

// Token is the bot's token. It prints as "[redacted]" whatever the verb.
type Token string

// Format keeps the token out of every formatted text.
func (Token) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(redacted)) }

// MarshalText keeps the token out of JSON.
func (Token) MarshalText() ([]byte, error) { return []byte(redacted), nil }

const (
	redacted = "[redacted]"

	// recentTokens is how many interaction tokens are known at least: those of
	// 15 minutes at 50 a second.
	recentTokens = 45_000

	// shortestToken is the least length, in bytes, of what is taken for an
	// interaction's token. Real ones have more than 100.
	shortestToken = 8
)

var (
	// tokenURL finds the token in the paths of interaction endpoints, seen or not.
	tokenURL = regexp.MustCompile(`((?:interactions|webhooks)(?:/|%2F)\d+(?:/|%2F))([^/\s"'?&%\\]+(?:%3D)*)`)

	// tokenShape finds Discord's interaction tokens anywhere: base64 of
	// "interaction:" and more.
	tokenShape = regexp.MustCompile(`aW50ZXJhY3Rpb24[A-Za-z0-9_\-+/]{8,}={0,2}`)

	// word finds what may be a token that was remembered.
	word = regexp.MustCompile(fmt.Sprintf(`[A-Za-z0-9_\-]{%d,}`, shortestToken))
)

// Secrets replaces tokens in texts. It is safe for concurrent use.
type Secrets struct {
	bot  string
	seed maphash.Seed

	mu     sync.RWMutex
	recent *seen[uint64] // hashes: 90,000 of them take 3 MB
}

// NewSecrets knows the bot's token, and learns those of interactions.
func NewSecrets(token Token) *Secrets {
	bot := strings.TrimPrefix(strings.TrimSpace(string(token)), "Bot ")
	return &Secrets{bot: bot, seed: maphash.MakeSeed(), recent: newSeen[uint64](recentTokens)}
}

// remember makes the token of an interaction a secret. The latest 45,000 are kept.
func (s *Secrets) remember(token string) {
	words := word.FindAllString(token, -1)
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, w := range words {
		s.recent.add(maphash.String(s.seed, w))
	}
}

// Redact returns the text with every secret replaced: those that are known, and
// what looks like one.
func (s *Secrets) Redact(text string) string {
	text = s.redactKnown(text)
	text = tokenURL.ReplaceAllString(text, "${1}"+redacted)
	return tokenShape.ReplaceAllString(text, redacted)
}

// redactKnown replaces the bot's token, and whole words that are tokens of
// recent interactions.
func (s *Secrets) redactKnown(text string) string {
	if s.bot != "" {
		text = strings.ReplaceAll(text, s.bot, redacted)
	}
	s.mu.RLock()
	defer s.mu.RUnlock()
	if s.recent.size() == 0 {
		return text
	}
	return word.ReplaceAllStringFunc(text, func(w string) string {
		if s.recent.has(maphash.String(s.seed, w)) {
			return redacted
		}
		return w
	})
}

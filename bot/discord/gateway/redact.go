package gateway

import (
	"context"
	"fmt"
	"log/slog"

	"github.com/bwmarrin/discordgo"
)

// This file is the way of every log line: secrets are taken out of message,
// keys and values before another handler sees them.

// Handler returns a handler that passes records on to inner with every secret
// replaced: in the message, in keys, in values of any depth, in the text of
// errors and structs.
func (s *Secrets) Handler(inner slog.Handler) slog.Handler {
	return redactor{secrets: s, inner: inner}
}

type redactor struct {
	secrets *Secrets
	inner   slog.Handler
}

func (r redactor) Enabled(ctx context.Context, level slog.Level) bool {
	return r.inner.Enabled(ctx, level)
}

func (r redactor) Handle(ctx context.Context, rec slog.Record) error {
	clean := slog.NewRecord(rec.Time, rec.Level, r.secrets.Redact(rec.Message), rec.PC)
	rec.Attrs(func(a slog.Attr) bool {
		clean.AddAttrs(r.attr(a))
		return true
	})
	return r.inner.Handle(ctx, clean)
}

func (r redactor) WithAttrs(attrs []slog.Attr) slog.Handler {
	return redactor{secrets: r.secrets, inner: r.inner.WithAttrs(r.attrs(attrs))}
}

func (r redactor) WithGroup(name string) slog.Handler {
	return redactor{secrets: r.secrets, inner: r.inner.WithGroup(r.secrets.Redact(name))}
}

func (r redactor) attrs(attrs []slog.Attr) []slog.Attr {
	clean := make([]slog.Attr, len(attrs))
	for i, a := range attrs {
		clean[i] = r.attr(a)
	}
	return clean
}

func (r redactor) attr(a slog.Attr) slog.Attr {
	return slog.Attr{Key: r.secrets.Redact(a.Key), Value: r.value(a.Value)}
}

// value redacts a value. What is neither number, time nor text becomes text
// here: a handler that wrote it in its own way might show more of it.
func (r redactor) value(v slog.Value) slog.Value {
	v = v.Resolve()
	switch v.Kind() {
	case slog.KindString:
		return slog.StringValue(r.secrets.Redact(v.String()))
	case slog.KindGroup:
		return slog.GroupValue(r.attrs(v.Group())...)
	case slog.KindAny:
		return slog.StringValue(r.secrets.Redact(text(v.Any())))
	}
	return v
}

func text(v any) string {
	switch v := v.(type) {
	case error:
		return fmt.Sprintf("%v", v)
	case []byte:
		return string(v)
	case fmt.Stringer:
		return fmt.Sprintf("%v", v)
	}
	return fmt.Sprintf("%+v", v)
}

// LogLibrary makes discordgo log to log, without secrets: it repeats what it
// can't decode. The library has one logger for the whole process; call this once,
// before any Gateway runs.
func LogLibrary(log *slog.Logger, secrets *Secrets) {
	log = slog.New(secrets.Handler(log.Handler()))
	levels := map[int]slog.Level{discordgo.LogError: slog.LevelWarn, discordgo.LogWarning: slog.LevelWarn}
	discordgo.Logger = func(level, _ int, format string, args ...any) {
		to, ok := levels[level]
		if !ok {
			to = slog.LevelDebug
		}
		log.Log(context.Background(), to, "discordgo: "+fmt.Sprintf(format, args...))
	}
}

package intake

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"

	"onrecord/data"
)

// Contents are what a file holds.
type Contents struct {
	Article  *data.Article // the first; look leaves in its path what comes after the file's
	Articles int           // how many; more than one in a file that holds many
	Refused  []Part        // what else is in such a file
}

// Part is a part of a file that is no article, and why.
type Part struct{ Path, Reason string }

// look reads a file's bytes as the index will; the name tells the format. It fails
// with a *Refusal where nothing could be answered from it.
func look(ctx context.Context, name string, raw []byte) (Contents, error) {
	if !data.IsContainer(name) {
		a, err := data.Parse(name, raw)
		if err == nil && len(a.Passages()) == 0 {
			err = ErrNoText
		}
		if err != nil {
			return Contents{}, &Refusal{reason(err)}
		}
		a.Path = ""
		return Contents{Article: a, Articles: 1}, nil
	}
	c, err := lookInside(ctx, name, raw)
	switch {
	case err != nil:
		return Contents{}, err
	case c.Articles > 0:
		c.Article.Path = strings.TrimPrefix(c.Article.Path, path.Base(name))
		return c, nil
	case len(c.Refused) > 0:
		return Contents{}, &Refusal{fmt.Errorf("%w: %s: %s", ErrNoArticle, c.Refused[0].Path, c.Refused[0].Reason)}
	}
	return Contents{}, &Refusal{ErrNoArticle}
}

// lookInside reads a file that holds articles, from a folder of its own outside of
// the archive.
func lookInside(ctx context.Context, name string, raw []byte) (c Contents, err error) {
	dir, err := os.MkdirTemp("", "onrecord-")
	if err != nil {
		return c, fmt.Errorf("making room to look into %s: %w", name, err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	base := path.Base(name)
	if err := os.WriteFile(filepath.Join(dir, base), raw, 0o600); err != nil {
		return c, fmt.Errorf("making room to look into %s: %w", name, err)
	}
	held, err := data.OpenContainer(os.DirFS(dir), base)
	if err != nil {
		return c, &Refusal{reason(err)}
	}
	for item, err := range held.Items() {
		switch {
		case ctx.Err() != nil:
			return c, ctx.Err()
		case err != nil:
			return c, &Refusal{reason(err)}
		}
		c.take(item)
	}
	return c, nil
}

func (c *Contents) take(item data.Item) {
	a, err := item.Parse()
	if err != nil {
		c.Refused = append(c.Refused, Part{item.Path, reason(err).Error()})
		return
	}
	c.Articles++
	if c.Article == nil {
		c.Article = a
	}
}

// reason is why something is refused, without its name.
func reason(err error) error {
	var r data.Refusal
	if errors.As(err, &r) {
		return r
	}
	return err
}

// reads tells whether a file of this name is read at all.
func reads(name string) bool {
	_, err := data.Parse(name, nil)
	return !errors.Is(err, data.ErrFormat)
}

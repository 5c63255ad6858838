package bot

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"sync"

	"onrecord/data/operator"
	"onrecord/data/when"
	"onrecord/index"
)

// edition is the index with what the operator's files say of it, as long as
// neither changes.
type edition struct {
	files      *operator.Files
	record     *record
	roster     *roster
	vocabulary vocabulary
	languages  []string    // of articles that give passages only
	newest     when.Period // the last date of an article
	notes      []operator.Note
}

// editions makes the edition that holds now, and keeps it.
type editions struct {
	ix    *index.Index
	watch *operator.Watch // nil where there is no operator
	mu    sync.Mutex
	last  *edition
}

var noFiles = &operator.Files{}

// now is the edition of the files as they are now. Where they are as before it
// costs a look at their sizes and times.
func (e *editions) now() (*edition, error) {
	files := noFiles
	if e.watch != nil {
		files = e.watch.Files()
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.last != nil && e.last.files == files {
		return e.last, nil
	}
	made, err := newEdition(e.ix, files)
	if err != nil {
		return nil, err
	}
	e.last = made
	return made, nil
}

func newEdition(ix *index.Index, files *operator.Files) (*edition, error) {
	r, notes, err := newRecord(ix, files)
	if err != nil {
		return nil, err
	}
	languages, err := ix.Languages()
	if err != nil {
		return nil, err
	}
	_, newest, err := ix.Covered()
	if err != nil {
		return nil, err
	}
	roster := newRoster(r, files.People)
	if err := roster.fault(); err != nil {
		return nil, err
	}
	notes = append(append(append([]operator.Note{}, files.Notes...), roster.notes...), notes...)
	inOrder(notes)
	return &edition{files, r, roster, newVocabulary(append(surnames(files.People), files.Synonyms...)), languages, when.ISO(newest), notes}, nil
}

// inOrder sorts notes by file and line.
func inOrder(notes []operator.Note) {
	slices.SortStableFunc(notes, func(a, b operator.Note) int {
		return cmp.Or(cmp.Compare(a.File, b.File), a.Line-b.Line)
	})
}

// roster is everybody who has statements, as the operator's files have it now.
func (b *Bot) roster() (*roster, error) {
	e, err := b.editions.now()
	if err != nil {
		return nil, err
	}
	return e.roster, nil
}

// Held is what an archive holds to answer from, corrections applied.
type Held struct {
	index.Size
	Speakers int // people and bodies with statements; the first call for a state joins all their names
}

// Held counts what the archive holds.
func (b *Bot) Held(ctx context.Context) (Held, error) {
	e, err := b.editions.now()
	if err != nil {
		return Held{}, err
	}
	size, err := b.ix.Size(ctx)
	size.Statements -= e.record.hiddenCount()
	return Held{size, e.roster.count()}, errors.Join(err, e.roster.fault())
}

// Notes are what an operator should mend in the files beside the archive, as
// they are now. An error means that the index can't be read.
func (b *Bot) Notes() ([]operator.Note, error) {
	e, err := b.editions.now()
	if err != nil {
		return nil, err
	}
	return e.notes, nil
}

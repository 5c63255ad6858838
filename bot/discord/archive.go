package discord

import (
	"context"
	"errors"
	"io/fs"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/bwmarrin/discordgo"

	"onrecord/bot/discord/message"
	"onrecord/data"
	"onrecord/data/feed"
	"onrecord/data/fetch"
	"onrecord/data/intake"
	"onrecord/index"
)

// archiveCommand runs a subcommand of /archive, for admins.
func (b *Bot) archiveCommand(ctx context.Context, i *discordgo.Interaction, d discordgo.ApplicationCommandInteractionData) {
	if len(d.Options) != 1 || d.Options[0] == nil {
		b.log.Warn("a malformed command", "command", d.Name)
		b.tell(ctx, i, message.Help(message.LangOf(i.Locale), b.settings.isAdmin(i)))
		return
	}
	switch part := d.Options[0]; part.Name {
	case message.ArchiveAdd:
		b.add(ctx, i, d, options(part.Options))
	case message.ArchiveRemove:
		b.remove(ctx, i, options(part.Options).text(message.OptionArticle))
	case message.ArchiveStatus:
		b.status(ctx, i)
	default:
		b.log.Warn("an unknown command", "command", d.Name+" "+part.Name)
		b.tell(ctx, i, message.Help(message.LangOf(i.Locale), b.settings.isAdmin(i)))
	}
}

// add puts an article into the archive that an admin sends, or names an address of.
func (b *Bot) add(ctx context.Context, i *discordgo.Interaction, d discordgo.ApplicationCommandInteractionData, opt values) {
	address, file := strings.TrimSpace(opt.text(message.OptionURL)), attached(d, opt.text(message.OptionFile))
	what := fetch.Shown(address)
	if file != nil {
		what = file.Name
	}
	if !b.allowed(ctx, i, "archive add", "what", what) {
		return
	}
	if (address == "") == (file == nil) {
		b.tell(ctx, i, message.Tell(message.OneOfTwo, message.LangOf(i.Locale)))
		return
	}
	b.begin(ctx, i, func(ctx context.Context, r *running) {
		done := make(chan struct{})
		shown := r.show(done, func() message.Message { return message.Adding(r.lang) })
		added, err := r.takeIn(ctx, file, address)
		close(done)
		<-shown
		if err != nil {
			r.end(r.unchanged(err))
			return
		}
		r.log.Info("audit: added", "user", userOf(i).ID, "article", added.Path, "known", added.Known)
		m := message.Added{Path: added.Path, Known: added.Known, Article: added.Article, Articles: added.Articles,
			Refused: refusals(added.Refused), Statements: r.archive.Statements(added.Article)}
		r.settle(ctx, added.Path, func(at message.Indexing) message.Message { return message.AddedTo(m, at, r.lang) })
	})
}

// attached is the file of an option, nil where none was given.
func attached(d discordgo.ApplicationCommandInteractionData, id string) *intake.File {
	if d.Resolved == nil || id == "" || d.Resolved.Attachments[id] == nil {
		return nil
	}
	a := d.Resolved.Attachments[id]
	return &intake.File{Name: a.Filename, URL: a.URL, Size: int64(a.Size)}
}

func (b *Bot) takeIn(ctx context.Context, file *intake.File, address string) (*intake.Added, error) {
	if file != nil {
		return b.intake.Add(ctx, *file)
	}
	return b.intake.AddPage(ctx, address)
}

func refusals(parts []intake.Part) (all []index.Refusal) {
	for _, p := range parts {
		all = append(all, index.Refusal{Path: p.Path, Reason: p.Reason})
	}
	return all
}

// settle brings the index up to date with a change of one of the archive's files, and
// shows with m how far it is.
func (r *running) settle(ctx context.Context, file string, m func(message.Indexing) message.Message) {
	var at atomic.Pointer[index.Progress]
	r.put(m(message.Indexing{}), putTimeout)
	done := make(chan struct{})
	shown := r.show(done, func() message.Message { return m(message.Indexing{At: at.Load()}) })
	report, err := r.archive.Settle(ctx, []string{file}, func(p index.Progress) { at.Store(&p) })
	close(done)
	<-shown
	switch {
	case errors.Is(err, context.Canceled):
		r.end(m(message.Indexing{Canceled: true}))
	case err != nil:
		r.end(m(message.Indexing{Failed: r.note(err)}))
	default:
		r.end(m(message.Indexing{Report: &report}))
	}
}

// unchanged says why the archive's folder is as it was.
func (r *running) unchanged(err error) message.Message {
	var refused *intake.Refusal
	switch {
	case errors.As(err, &refused):
		r.log.Info("not taken", "interaction", r.i.ID, "reason", refused)
		return message.NotAdded(refused.Error(), r.lang)
	case errors.Is(err, feed.ErrNoArchive):
		return message.Tell(message.SampleOnly, r.lang)
	case errors.Is(err, intake.ErrNoFile):
		return message.Tell(message.NoFile, r.lang)
	case errors.Is(err, fs.ErrExist):
		return message.Tell(message.Occupied, r.lang)
	case errors.Is(err, context.Canceled):
		return message.Tell(message.Stopped, r.lang)
	}
	return message.CantChange(innermost(err).Error(), r.note(err), r.lang)
}

// innermost is what went wrong, without what was being done, to what.
func innermost(err error) error {
	for inner := errors.Unwrap(err); inner != nil; inner = errors.Unwrap(err) {
		err = inner
	}
	return err
}

// remove asks whether a file is to be removed from the archive.
func (b *Bot) remove(ctx context.Context, i *discordgo.Interaction, chosen string) {
	if !b.allowed(ctx, i, "archive remove", "what", chosen) {
		return
	}
	lang := message.LangOf(i.Locale)
	if b.intake.Fixed() {
		b.tell(ctx, i, message.Tell(message.SampleOnly, lang))
		return
	}
	b.respond(ctx, i, true, func(context.Context) (message.Message, error) {
		f, n, err := b.meant(chosen)
		if err != nil || n != "" {
			return message.Tell(n, lang), err
		}
		return message.Removing(f, lang), nil
	})
}

// meant is the file that was chosen, or why there is none.
func (b *Bot) meant(chosen string) (index.File, message.Notice, error) {
	all, err := b.archive.Files()
	if err != nil {
		return index.File{}, "", err
	}
	var byTitle []index.File
	for _, f := range all {
		switch {
		case !message.FileChosen(chosen, f):
		case f.Path == chosen, !strings.EqualFold(chosen, f.Title):
			return f, "", nil
		default:
			byTitle = append(byTitle, f)
		}
	}
	if len(byTitle) == 1 {
		return byTitle[0], "", nil
	}
	paths := b.intake.Paths()
	holder, inside := data.Inside(chosen)
	switch {
	case slices.Contains(paths, chosen): // the index has not seen it yet
		return index.File{Path: chosen}, "", nil
	case inside && slices.Contains(paths, holder):
		return index.File{}, message.InsideFile, nil
	}
	return index.File{}, message.NoFile, nil
}

// completeFile offers files of the archive, to admins alone.
func (b *Bot) completeFile(i *discordgo.Interaction, typed string) ([]*discordgo.ApplicationCommandOptionChoice, error) {
	if !b.settings.isAdmin(i) {
		return nil, nil
	}
	files, err := b.archive.CompleteFile(typed, maxChoices)
	return message.FileChoices(files), err
}

// status shows how the archive is.
func (b *Bot) status(ctx context.Context, i *discordgo.Interaction) {
	if !b.allowed(ctx, i, "archive status") {
		return
	}
	lang := message.LangOf(i.Locale)
	b.respond(ctx, i, true, func(ctx context.Context) (message.Message, error) {
		s, err := b.archive.Status(ctx)
		if err != nil {
			return message.Message{}, err
		}
		m := message.Status{Sample: s.Sample, Ready: s.Ready, Size: s.Size, Updated: s.Updated, Took: s.Report.Took,
			Refused: s.Report.Refused, Faults: s.Report.Faults, Notes: len(s.Report.Notes), Updating: s.Updating}
		for _, f := range b.feeds() {
			m.Feeds = append(m.Feeds, message.Feed{URL: f.Feed, Stored: f.Stored, Waiting: f.Waiting, LeftOut: f.Refused,
				Next: f.Next, Failures: f.Failures, Fault: f.Fault})
		}
		return message.StatusOf(m, lang), nil
	})
}

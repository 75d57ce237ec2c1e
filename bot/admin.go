package bot

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"docent/bot/render"
	"docent/rag"
)

// runAdminCommand answers what only administrators may ask.
func (b *Bot) runAdminCommand(ctx context.Context, q question, url string) error {
	_, user, ok, err := b.admitPrivately(ctx, q, url, "")
	cat := render.CatalogueFor(render.LanguageOf(user.Locale))
	switch {
	case !ok:
		return err
	case !slices.Contains(b.opts.Access.Admins, q.asker.user) || b.opts.Operations == nil:
		return b.respond(ctx, url, render.Notice(cat.AdminsOnly), false)
	}
	said, err := b.adminReply(ctx, q, url, cat)
	if err != nil {
		if ctx.Err() != nil {
			return err
		}
		b.log.Error("a command failed", "command", q.Text, "error", err)
		said = fmt.Sprintf(cat.Failed, q.ID)
	}
	return b.respond(ctx, url, render.Notice(said), q.Text == "reindex")
}

func (b *Bot) adminReply(ctx context.Context, q question, url string, cat render.Catalogue) (string, error) {
	switch q.Text {
	case "sources":
		sources, err := b.opts.Operations.Sources(ctx)
		if err != nil || len(sources) == 0 {
			return cat.NoSources, err
		}
		var lines []string
		for _, s := range sources {
			lines = append(lines, s.Path+" → "+s.Space)
		}
		return strings.Join(lines, " · "), nil
	case "reindex":
		if err := b.respond(ctx, url, render.Notice(cat.Reindexing), false); err != nil {
			return "", err
		}
		r, err := b.opts.Operations.Reindex(ctx)
		return fmt.Sprintf(cat.Reindexed, r.Added, r.Changed, r.Removed, r.Unchanged, r.Failed), err
	}
	n := 0
	for _, err := range b.opts.Library.Documents(ctx, rag.Operator()) {
		if err != nil {
			return "", err
		}
		n++
	}
	at, err := b.opts.Operations.Indexed(ctx)
	return fmt.Sprintf(cat.Status, n, cat.FormatTime(at)), err
}

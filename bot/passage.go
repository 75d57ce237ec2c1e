package bot

import (
	"context"
	"errors"
	"fmt"

	"github.com/slack-go/slack"

	"docent/bot/render"
	"docent/rag"
)

// showPassage opens a modal with the quote among its neighbours, for whoever
// clicked and may see the document.
func (b *Bot) showPassage(ctx context.Context, c click) error {
	ref, err := render.ParsePassageRef(c.action.Value)
	if err != nil {
		return err
	}
	audience, _, cat, ok := b.admitClick(ctx, c)
	if !ok {
		return nil
	}
	doc, err := b.opts.Library.Document(ctx, ref.Document, audience)
	if err != nil && !errors.Is(err, rag.ErrNotFound) {
		return fmt.Errorf("show a passage: %w", err)
	}
	return b.openModal(ctx, c, render.PassageModal(cat, doc, ref))
}

// openModal opens a modal. A trigger lasts three seconds, so that what comes
// after a restart opens nothing.
func (b *Bot) openModal(ctx context.Context, c click, view slack.ModalViewRequest) error {
	err := b.retry.upTo(ctx, 2, func(ctx context.Context) error {
		_, err := b.api.OpenViewContext(ctx, c.TriggerID, view)
		return err
	})
	if code := errorCode(err); code == "expired_trigger_id" || code == "exchanged_trigger_id" {
		b.metrics.problem("trigger")
		return nil
	}
	if err != nil {
		return fmt.Errorf("open a modal: %w", err)
	}
	return nil
}

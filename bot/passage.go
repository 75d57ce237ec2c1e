package bot

import (
	"context"
	"errors"
	"fmt"

	"github.com/slack-go/slack"

	"docent/rag"
)

// showPassage opens a modal with the quote among its neighbours, for whoever
// clicked and may see the document.
func (b *Bot) showPassage(ctx context.Context, c click) error {
	ref, err := parsePassageRef(c.action.Value)
	if err != nil {
		return err
	}
	audience, user, why := b.admit(ctx, c.conversation, c.asker)
	w := wordsIn(localeLanguage(user.Locale))
	if why != admitted {
		return b.denyClick(ctx, c, w, why)
	}
	doc, err := b.Library.Document(ctx, ref.document, audience)
	if err != nil && !errors.Is(err, rag.ErrNotFound) {
		return fmt.Errorf("show a passage: %w", err)
	}
	return b.openModal(ctx, c, passageModal(w, doc, ref))
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

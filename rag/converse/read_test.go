package converse_test

import (
	"testing"

	"docent/rag"
	"docent/rag/converse"
)

func TestIntents(t *testing.T) {
	for message, want := range map[string]rag.Intent{
		"Good morning everyone!": rag.Greeting, "Salut Karim,": rag.Greeting, "bonsoir à tous": rag.Greeting, "hey, how are you doing today?": rag.Greeting,
		"cheers": rag.Thanks, "thank you so much for your help!": rag.Thanks, "Merci beaucoup, bonne journée !": rag.Thanks, "ok super merci 🙏": rag.Thanks,
		"Mille mercis pour votre aide, Paul": rag.Thanks, "👍": rag.Acknowledgement, "ok": rag.Acknowledgement, "d'accord, c'est noté": rag.Acknowledgement,
		"bye, have a nice weekend": rag.Farewell, "à demain": rag.Farewell, "Bonne soirée": rag.Farewell, "désolé pour le dérangement": rag.Apology,
		"sorry to bother you": rag.Apology, "what can you do?": rag.Help, "Are you a robot?": rag.Help, "aide": rag.Help, "à quoi sers-tu ?": rag.Help,
		"Can I ask you something?": rag.Invite, "J'ai une question": rag.Invite, "Tell me a joke": rag.SmallTalk, "Tu as quel âge ?": rag.SmallTalk,
		"quelle est ta couleur préférée ?": rag.SmallTalk,
		"list all your documents":          rag.ListDocuments, "Quels fichiers sont disponibles ?": rag.ListDocuments, "combien de fichiers y a-t-il ?": rag.CountDocuments,
		"Which documents are the most recent?": rag.AskIntent, "any new documents?": rag.NewestDocuments, "Quelles sont les nouveautés ?": rag.NewestDocuments,
		"are your documents up to date?": rag.Freshness, "Y a-t-il quelque chose sur les vélos ?": rag.DocumentsAbout,
		"Which files mention asbestos?": rag.DocumentsAbout, "Summarise the travel policy": rag.Summary, "résume-moi la charte informatique": rag.Summary,
		"Who wrote the annual report?": rag.DocumentAuthor, "plus de détails stp": rag.MoreDetails, "Are you sure about that?": rag.Doubt, "and in French please": rag.InLanguage,
		"?!": rag.Unclear,
		// What looks like it and is a question.
		"Which documents do I need for my first day?": rag.AskIntent, "Combien de documents dois-je signer ?": rag.AskIntent, "Right to disconnect": rag.AskIntent,
		"What changed in the travel policy?": rag.AskIntent, "Who do I thank for the gift?": rag.AskIntent, "test bench opening hours": rag.AskIntent,
		"Qui est mon interlocuteur ?": rag.AskIntent, "hello kitty licence fee": rag.AskIntent, "help desk phone number": rag.AskIntent,
	} {
		if got := converse.Read(message, ""); got.Intent != want {
			t.Errorf("%q: %s, want %s", message, got.Intent, want)
		}
	}
}

func TestBareQuestions(t *testing.T) {
	for message, want := range map[string]string{
		"Hello, who signs purchase orders?":                                                    "Who signs purchase orders?",
		"Hi Anna, quick question - who signs purchase orders? Many thanks, Bob":                "Who signs purchase orders?",
		"I'd like to know whether I can bring my dog to the office, please":                    "Can I bring my dog to the office",
		"Could you please tell me where the spare keys are kept? Thx!":                         "Where the spare keys are kept?",
		"Bonjour Madame Roux, pourriez-vous m'indiquer où sont les clés, svp ?":                "Où sont les clés ?",
		"Salut, je me demandais si on peut venir à vélo ? Merci !":                             "Est-ce qu'on peut venir à vélo ?",
		"Bonjour,\n\nQui signe les bons de commande ?\n\nCordialement,\nJean Petit\nAtelier 4": "Qui signe les bons de commande ?",
		"How do I book a meeting room?\nThanks in advance\n-- \nKim":                           "How do I book a meeting room?",
		"I'm new here and I was wondering how to order a badge :)":                             "How to order a badge",
		"My badge no longer opens the gate. What should I do?":                                 "My badge no longer opens the gate, What should I do?",
		"Dites-moi ce que contient la trousse de secours.":                                     "Qu'est-ce que contient la trousse de secours",
		"Désolée de vous déranger : quelle est l'adresse du dépôt ? Bonne soirée":              "Quelle est l'adresse du dépôt ?",
		"@docent when is the canteen open? :pray:":                                             "When is the canteen open?",
		"Thanks for the card: who paid?":                                                       "Who paid?",
		"Who gets a letter of thanks?":                                                         "Who gets a letter of thanks?",
	} {
		got := converse.Read(message, "")
		if len(got.Questions) != 1 || got.Questions[0].Text != want {
			t.Errorf("%q: %s %+v, want %q", message, got.Intent, got.Questions, want)
		}
	}
}

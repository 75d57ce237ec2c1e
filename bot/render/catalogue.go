package render

// Catalogue is every message of the bot's own in one language. A %s or %d is
// filled in; what is filled in is text, never markup. The exported messages are
// the bot's to say, see [Notice]; the others are part of what this package
// renders.
type Catalogue struct {
	// Language is "en" or "fr".
	Language string

	// Greeting and Usage take an example of a question, Failed an ID to quote.
	Greeting, Usage, Failed        string
	Searching, Stopped, Unfinished string
	Shared, Unfollowed, Thanks     string
	PromptsTitle                   string

	// Why somebody is not answered.
	DeniedUnknown, DeniedForeign, DeniedExternal, DeniedGuest string

	// Adding, NotInSlack and AddFailed take the name of a file, AddFailed the
	// reason too, TooLarge the name and the limit in MiB, Added the title and
	// the number of passages.
	Adding, Added, AddFailed, TooLarge, NotInSlack string
	NotAdded, AddingDisabled, NotSharer            string

	// Status takes the number of documents and a time, Reindexed five numbers.
	Status, Reindexed                 string
	AdminsOnly, NoSources, Reindexing string

	sources, showPassage, passageTitle string
	close, send, cancel                string
	searchedOne, searchedMany, indexed string
	quoted, writtenBy, never           string
	good, bad                          string
	whyTitle, why, whyHint             string
	stopFollowing, share, sharedBy     string
	nearest, howToAdd, askOperator     string
	passageGone                        string
	homeTitle, homeHow, homeCount      string
	homeOne, homeNone, homeMore        string
	promptAbout, promptIn              string
	confirmAdd, add                    string
	openQuote, closeQuote              string
	page, slide, row                   string
}

// CatalogueFor returns the messages of a language: French, or English for all
// others.
func CatalogueFor(language string) Catalogue {
	if language == "fr" {
		return french()
	}
	return english()
}

// LanguageOf returns the language of a catalogue for one of Slack's locales,
// such as "fr-FR".
func LanguageOf(locale string) string {
	if len(locale) >= 2 && locale[:2] == "fr" {
		return "fr"
	}
	return "en"
}

func english() Catalogue {
	return Catalogue{ //nolint:gosec // no credentials among them
		Language:  "en",
		Searching: "Searching the documents…", Stopped: "Stopped.", Unfinished: "The rest was not answered.",
		sources: "Sources", showPassage: "Show passage [%d]", passageTitle: "Passage",
		close: "Close", send: "Send", cancel: "Cancel",
		searchedOne: "1 document searched", searchedMany: "%d documents searched", indexed: "indexed %s", never: "never",
		quoted: "Quoted word for word", writtenBy: "Written by AI (%s), every quote checked",
		good: "Helpful", bad: "Not helpful", Thanks: "Thank you, that is noted.",
		whyTitle: "Your feedback", why: "What was wrong with the answer?", whyHint: "A wrong document, an old version, something missing…",
		stopFollowing: "Stop following", Unfollowed: "I only answer here when I am mentioned now.",
		share: "Share in channel", Shared: "Shared in the channel.", sharedBy: "%s asked:",
		nearest: "What comes nearest:", howToAdd: "To add a document, send me the file in a direct message with the words “add this”.",
		askOperator:    "Whoever runs docent can add a document that answers this.",
		Greeting:       "Ask me a question, and I look for the answer in the team's documents and show the words that say so. For example: %s",
		Usage:          "Ask with /ask and your question: only you see the answer. For example: /ask %s",
		Failed:         "Something went wrong, and there is no answer. Please try again; if it stays so, tell whoever runs docent this: %s",
		DeniedUnknown:  "I could not find out who may see what here, so I have not looked anything up. Please try again later.",
		DeniedForeign:  "I only answer members of this workspace.",
		DeniedExternal: "I do not answer in channels that are shared with other organisations. Ask me in a direct message.",
		DeniedGuest:    "I do not answer guests of this workspace.",
		passageGone:    "This passage is no longer in the documents, or you may not see it here.",
		homeTitle:      "The team's documents", homeHow: "Mention me in a channel, write to me here, or ask with /ask: I answer with the words that say so.",
		homeCount: "You may ask %d documents.", homeOne: "You may ask 1 document.", homeNone: "There is no document for you to ask yet.",
		homeMore:     "and %d more",
		PromptsTitle: "Ask the documents", promptAbout: "What does “%s” say?", promptIn: "What does “%s” say about “%s”?",
		confirmAdd: "Add “%s” to the documents of this place? Everyone who may ask here will be able to read it.", add: "Add", Added: "Added: %s (%d passages). You can ask about it now.",
		AddFailed: "“%s” could not be added: %s", Adding: "Reading “%s”…", NotAdded: "Not added.",
		TooLarge: "“%s” is larger than %d MiB and cannot be added.", NotInSlack: "“%s” lies outside this Slack and cannot be added.",
		AddingDisabled: "Documents cannot be added here.", NotSharer: "Only who shared the file can add it.",
		AdminsOnly: "Only docent's administrators may ask that.", Status: "%d documents, last indexed %s.", NoSources: "No path is followed.",
		Reindexing: "Reading all documents anew…", Reindexed: "%d added, %d changed, %d removed, %d unchanged, %d failed.",
		openQuote: "“", closeQuote: "”", page: "p. %d", slide: "slide %d", row: "row %d",
	}
}

func french() Catalogue {
	return Catalogue{ //nolint:gosec // no credentials among them
		Language:  "fr",
		Searching: "Je cherche dans les documents…", Stopped: "Arrêté.", Unfinished: "Le reste n’a pas reçu de réponse.",
		sources: "Sources", showPassage: "Voir le passage [%d]", passageTitle: "Passage",
		close: "Fermer", send: "Envoyer", cancel: "Annuler",
		searchedOne: "1 document consulté", searchedMany: "%d documents consultés", indexed: "indexés le %s", never: "jamais",
		quoted: "Cité mot pour mot", writtenBy: "Rédigé par une IA (%s), chaque citation vérifiée",
		good: "Utile", bad: "Pas utile", Thanks: "Merci, c’est noté.",
		whyTitle: "Votre avis", why: "Qu’est-ce qui n’allait pas dans la réponse ?", whyHint: "Un mauvais document, une ancienne version, un oubli…",
		stopFollowing: "Ne plus suivre", Unfollowed: "Je ne réponds plus ici que si l’on me mentionne.",
		share: "Partager dans le canal", Shared: "Partagé dans le canal.", sharedBy: "%s a demandé :",
		nearest: "Ce qui s’en approche le plus :", howToAdd: "Pour ajouter un document, envoyez-moi le fichier en message direct avec les mots « ajoute ce document ».",
		askOperator:    "La personne qui gère docent peut ajouter un document qui y réponde.",
		Greeting:       "Posez-moi une question : je cherche la réponse dans les documents de l’équipe et je montre les mots qui la disent. Par exemple : %s",
		Usage:          "Posez votre question après /ask : vous seul verrez la réponse. Par exemple : /ask %s",
		Failed:         "Un problème est survenu, et il n’y a pas de réponse. Réessayez ; si cela persiste, donnez ceci à la personne qui gère docent : %s",
		DeniedUnknown:  "Je n’ai pas pu vérifier qui peut voir quoi ici, et je n’ai donc rien cherché. Réessayez plus tard.",
		DeniedForeign:  "Je ne réponds qu’aux membres de cet espace de travail.",
		DeniedExternal: "Je ne réponds pas dans les canaux partagés avec d’autres organisations. Écrivez-moi en message direct.",
		DeniedGuest:    "Je ne réponds pas aux invités de cet espace de travail.",
		passageGone:    "Ce passage n’est plus dans les documents, ou vous ne pouvez pas le voir ici.",
		homeTitle:      "Les documents de l’équipe", homeHow: "Mentionnez-moi dans un canal, écrivez-moi ici ou utilisez /ask : je réponds avec les mots qui le disent.",
		homeCount: "Vous pouvez interroger %d documents.", homeOne: "Vous pouvez interroger 1 document.", homeNone: "Il n’y a pas encore de document que vous puissiez interroger.",
		homeMore:     "et %d autres",
		PromptsTitle: "Interroger les documents", promptAbout: "Que dit « %s » ?", promptIn: "Que dit « %s » sur « %s » ?",
		confirmAdd: "Ajouter « %s » aux documents de ce lieu ? Tous ceux qui peuvent interroger docent ici pourront le lire.", add: "Ajouter", Added: "Ajouté : %s (%d passages). Vous pouvez l’interroger dès maintenant.",
		AddFailed: "« %s » n’a pas pu être ajouté : %s", Adding: "Je lis « %s »…", NotAdded: "Pas ajouté.",
		TooLarge: "« %s » dépasse %d Mio et ne peut pas être ajouté.", NotInSlack: "« %s » se trouve hors de ce Slack et ne peut pas être ajouté.",
		AddingDisabled: "On ne peut pas ajouter de documents ici.", NotSharer: "Seule la personne qui a partagé le fichier peut l’ajouter.",
		AdminsOnly: "Réservé aux administrateurs de docent.", Status: "%d documents, dernière indexation : %s.", NoSources: "Aucun chemin n’est suivi.",
		Reindexing: "Je relis tous les documents…", Reindexed: "%d ajoutés, %d modifiés, %d retirés, %d inchangés, %d en échec.",
		openQuote: "« ", closeQuote: " »", page: "p. %d", slide: "diapo %d", row: "ligne %d",
	}
}

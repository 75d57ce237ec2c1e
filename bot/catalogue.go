package bot

// words is every word that the bot says itself, in one language. A %s or %d is
// filled in; what is filled in is text, never markup.
type words struct {
	language string

	searching, stopped, stillMissing      string
	sources, showPassage, passageTitle    string
	close, send, cancel                   string
	searchedOne, searchedMany, indexed    string
	quoted, writtenBy                     string
	never                                 string
	good, bad, thanks                     string
	whyTitle, why, whyHint                string
	stopFollowing, stoppedFollowing       string
	share, shared, sharedBy               string
	nearest, howToAdd, askOperator        string
	greeting, usage                       string
	failed                                string
	deniedUnknown, deniedForeign          string
	deniedExternal, deniedGuest           string
	passageGone                           string
	homeTitle, homeHow, homeCount         string
	homeOne, homeNone, homeMore, homeList string
	promptsTitle, promptAbout, promptIn   string
	confirmAdd, add, added, addedNothing  string
	adding, notAdded, tooLarge, notFile   string
	noAdding, onlyAdder                   string
	onlyAdmins, statusLine, sourcesNone   string
	reindexing, reindexed                 string
	openQuote, closeQuote                 string
	page, slide, row                      string
}

// wordsIn are the words of a language; all but French are answered in English.
func wordsIn(language string) words {
	if language == "fr" {
		return french()
	}
	return english()
}

// localeLanguage is the language of one of Slack's locales ("fr-FR").
func localeLanguage(locale string) string {
	if len(locale) >= 2 && locale[:2] == "fr" {
		return "fr"
	}
	return "en"
}

func english() words {
	return words{ //nolint:gosec // no credentials among them
		language:  "en",
		searching: "Searching the documents…", stopped: "Stopped.", stillMissing: "The rest was not answered.",
		sources: "Sources", showPassage: "Show passage [%d]", passageTitle: "Passage",
		close: "Close", send: "Send", cancel: "Cancel",
		searchedOne: "1 document searched", searchedMany: "%d documents searched", indexed: "indexed %s", never: "never",
		quoted: "Quoted word for word", writtenBy: "Written by AI (%s), every quote checked",
		good: "Helpful", bad: "Not helpful", thanks: "Thank you, that is noted.",
		whyTitle: "Your feedback", why: "What was wrong with the answer?", whyHint: "A wrong document, an old version, something missing…",
		stopFollowing: "Stop following", stoppedFollowing: "I only answer here when I am mentioned now.",
		share: "Share in channel", shared: "Shared in the channel.", sharedBy: "%s asked:",
		nearest: "What comes nearest:", howToAdd: "To add a document, send me the file in a direct message with the words “add this”.",
		askOperator:    "Whoever runs docent can add a document that answers this.",
		greeting:       "Ask me a question, and I look for the answer in the team's documents and show the words that say so. For example: %s",
		usage:          "Ask with /ask and your question: only you see the answer. For example: /ask %s",
		failed:         "Something went wrong, and there is no answer. Please try again; if it stays so, tell whoever runs docent this: %s",
		deniedUnknown:  "I could not find out who may see what here, so I have not looked anything up. Please try again later.",
		deniedForeign:  "I only answer members of this workspace.",
		deniedExternal: "I do not answer in channels that are shared with other organisations. Ask me in a direct message.",
		deniedGuest:    "I do not answer guests of this workspace.",
		passageGone:    "This passage is no longer in the documents, or you may not see it here.",
		homeTitle:      "The team's documents", homeHow: "Mention me in a channel, write to me here, or ask with /ask: I answer with the words that say so.",
		homeCount: "You may ask %d documents.", homeOne: "You may ask 1 document.", homeNone: "There is no document for you to ask yet.",
		homeMore: "and %d more", homeList: "Documents",
		promptsTitle: "Ask the documents", promptAbout: "What does “%s” say?", promptIn: "What does “%s” say about “%s”?",
		confirmAdd: "Add “%s” to the documents of this place? Everyone who may ask here will be able to read it.", add: "Add", added: "Added: %s (%d passages). You can ask about it now.",
		addedNothing: "“%s” could not be added: %s", adding: "Reading “%s”…", notAdded: "Not added.",
		tooLarge: "“%s” is larger than %d MiB and cannot be added.", notFile: "“%s” lies outside this Slack and cannot be added.",
		noAdding: "Documents cannot be added here.", onlyAdder: "Only who shared the file can add it.",
		onlyAdmins: "Only docent's administrators may ask that.", statusLine: "%d documents, last indexed %s.", sourcesNone: "No path is followed.",
		reindexing: "Reading all documents anew…", reindexed: "%d added, %d changed, %d removed, %d unchanged, %d failed.",
		openQuote: "“", closeQuote: "”", page: "p. %d", slide: "slide %d", row: "row %d",
	}
}

func french() words {
	return words{ //nolint:gosec // no credentials among them
		language:  "fr",
		searching: "Je cherche dans les documents…", stopped: "Arrêté.", stillMissing: "Le reste n’a pas reçu de réponse.",
		sources: "Sources", showPassage: "Voir le passage [%d]", passageTitle: "Passage",
		close: "Fermer", send: "Envoyer", cancel: "Annuler",
		searchedOne: "1 document consulté", searchedMany: "%d documents consultés", indexed: "indexés le %s", never: "jamais",
		quoted: "Cité mot pour mot", writtenBy: "Rédigé par une IA (%s), chaque citation vérifiée",
		good: "Utile", bad: "Pas utile", thanks: "Merci, c’est noté.",
		whyTitle: "Votre avis", why: "Qu’est-ce qui n’allait pas dans la réponse ?", whyHint: "Un mauvais document, une ancienne version, un oubli…",
		stopFollowing: "Ne plus suivre", stoppedFollowing: "Je ne réponds plus ici que si l’on me mentionne.",
		share: "Partager dans le canal", shared: "Partagé dans le canal.", sharedBy: "%s a demandé :",
		nearest: "Ce qui s’en approche le plus :", howToAdd: "Pour ajouter un document, envoyez-moi le fichier en message direct avec les mots « ajoute ce document ».",
		askOperator:    "La personne qui gère docent peut ajouter un document qui y réponde.",
		greeting:       "Posez-moi une question : je cherche la réponse dans les documents de l’équipe et je montre les mots qui la disent. Par exemple : %s",
		usage:          "Posez votre question après /ask : vous seul verrez la réponse. Par exemple : /ask %s",
		failed:         "Un problème est survenu, et il n’y a pas de réponse. Réessayez ; si cela persiste, donnez ceci à la personne qui gère docent : %s",
		deniedUnknown:  "Je n’ai pas pu vérifier qui peut voir quoi ici, et je n’ai donc rien cherché. Réessayez plus tard.",
		deniedForeign:  "Je ne réponds qu’aux membres de cet espace de travail.",
		deniedExternal: "Je ne réponds pas dans les canaux partagés avec d’autres organisations. Écrivez-moi en message direct.",
		deniedGuest:    "Je ne réponds pas aux invités de cet espace de travail.",
		passageGone:    "Ce passage n’est plus dans les documents, ou vous ne pouvez pas le voir ici.",
		homeTitle:      "Les documents de l’équipe", homeHow: "Mentionnez-moi dans un canal, écrivez-moi ici ou utilisez /ask : je réponds avec les mots qui le disent.",
		homeCount: "Vous pouvez interroger %d documents.", homeOne: "Vous pouvez interroger 1 document.", homeNone: "Il n’y a pas encore de document que vous puissiez interroger.",
		homeMore: "et %d autres", homeList: "Documents",
		promptsTitle: "Interroger les documents", promptAbout: "Que dit « %s » ?", promptIn: "Que dit « %s » sur « %s » ?",
		confirmAdd: "Ajouter « %s » aux documents de ce lieu ? Tous ceux qui peuvent interroger docent ici pourront le lire.", add: "Ajouter", added: "Ajouté : %s (%d passages). Vous pouvez l’interroger dès maintenant.",
		addedNothing: "« %s » n’a pas pu être ajouté : %s", adding: "Je lis « %s »…", notAdded: "Pas ajouté.",
		tooLarge: "« %s » dépasse %d Mio et ne peut pas être ajouté.", notFile: "« %s » se trouve hors de ce Slack et ne peut pas être ajouté.",
		noAdding: "On ne peut pas ajouter de documents ici.", onlyAdder: "Seule la personne qui a partagé le fichier peut l’ajouter.",
		onlyAdmins: "Réservé aux administrateurs de docent.", statusLine: "%d documents, dernière indexation : %s.", sourcesNone: "Aucun chemin n’est suivi.",
		reindexing: "Je relis tous les documents…", reindexed: "%d ajoutés, %d modifiés, %d retirés, %d inchangés, %d en échec.",
		openQuote: "« ", closeQuote: " »", page: "p. %d", slide: "diapo %d", row: "ligne %d",
	}
}

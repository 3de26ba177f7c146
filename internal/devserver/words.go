package devserver

import "fmt"

// words are the texts of the preview in one language; the browser gets them all.
type words struct {
	Language string            `json:"language"`
	NoAccess string            `json:"-"`
	NeedsKey string            `json:"-"`
	Enter    string            `json:"-"`
	Waiting  string            `json:"-"`
	Failed   string            `json:"-"`
	Warned   string            `json:"-"`
	Stale    string            `json:"-"`
	Close    string            `json:"close"`
	Labels   map[string]string `json:"labels"` // by severity
	Many     map[string]string `json:"many"`   // the same, of more than one
	Bar      string            `json:"bar"`
	Good     string            `json:"good"`
	Lost     string            `json:"lost"`
	Follow   string            `json:"follow"`
	Desk     string            `json:"desk"`
	Overview string            `json:"overview"`
	Help     string            `json:"help"`
	Helps    []string          `json:"helps"`
	Fold     string            `json:"fold"`
	Unfold   string            `json:"unfold"`
	Copied   string            `json:"copied"`
	Opened   string            `json:"opened"`
	NoPlace  string            `json:"noPlace"`
	CopyIt   string            `json:"copyIt"`
	AsMail   string            `json:"asMail"`
	Page     overviewWords     `json:"-"`
	Mail     mailWords         `json:"-"`
}

// mailWords are the texts of the newsletter desk.
type mailWords struct {
	Title, NoIssues, ToPage                               string
	Inbox, NoSender, Lengths, Computer, Phone             string
	Profile                                               string
	Take, Source, SourceFor, Rich, RichFor, Text, TextFor string
	Message, MessageFor, Copied, Failed                   string
	Send, OtherTool                                       string
	Test, TestTo, NoTest, SendTest, Sending, SentTo       string
	Approval, NotApproved, ApprovedBy, Stale              string
	By, Approve, Approved, Wrong, Lost                    string
	Sent, NotSent, SentOn, MarkSent, Kept, Draft          string
	View, Light, Dark, Plain, AsText, Wide, Narrow        string
}

// overviewWords are the texts of the page of builds.
type overviewWords struct {
	ToSite, Problems, None, Entries, Filter, NoEntries, Builds, NoBuilds, Stages, Files, Changed, OneChanged string
	MoreProblems, MoreEntries                                                                                string
	Decimal, Found, NotFound, Took, Counted, OneCounted                                                      string
	Statuses                                                                                                 map[string]string // one entry's
	Groups                                                                                                   map[string]string // of entries of that status
}

func wordsIn(language string) words {
	if language == "en" {
		return english()
	}
	return dutch()
}

func dutch() words {
	return words{
		Language: "nl", NoAccess: "Geen toegang", Enter: "Verder naar de voorvertoning",
		NeedsKey: "Open het hele adres dat ‘leerblad watch’ in de terminal toont, met de sleutel erin. Elke keer dat de voorvertoning start, is er een nieuwe sleutel.",
		Waiting:  "De site wordt gemaakt …", Failed: "De site kon niet worden gemaakt",
		Warned: "Er zijn waarschuwingen", Stale: "U ziet de laatste versie die goed was.", Close: "Sluiten",
		Labels: map[string]string{"error": "fout", "warning": "waarschuwing", "hint": "hint"},
		Many:   map[string]string{"error": "fouten", "warning": "waarschuwingen", "hint": "hints"},
		Bar:    "Voorvertoning", Good: "Bijgewerkt", Lost: "Geen verbinding", Follow: "Volg de redacteur", Desk: "Bureau", Overview: "Overzicht",
		Help: "Uitleg", Fold: "Balk inklappen", Unfold: "Balk uitklappen",
		Helps: []string{
			"Alt+klik op een tekst: waar die in de bestanden staat.",
			"Alt+Shift+K: hetzelfde voor wat de focus heeft, of boven in beeld staat.",
			"Volg de redacteur: na het opslaan van een andere tekst opent haar pagina.",
			"Esc sluit de lijst met meldingen.",
		},
		Copied: "Gekopieerd:", Opened: "Geopend:", NoPlace: "Van deze plek is het bestand niet bekend.", CopyIt: "Plaats:",
		AsMail: "Als mail",
		Mail: mailWords{
			Title: "Nieuwsbrieven als mail", NoIssues: "Er zijn nog geen nieuwsbrieven om te tonen.", ToPage: "Naar de pagina",
			Inbox: "In het postvak", NoSender: "(geen afzender)", Lengths: "onderwerp %d tekens, preheader %d", Computer: "Op een computer", Phone: "Op een telefoon",
			Profile: "Verzendprogramma",
			Take:    "Overnemen", Source: "Kopieer HTML", SourceFor: "voor het HTML-veld van het verzendprogramma",
			Rich: "Kopieer opgemaakt", RichFor: "om in een bericht van Outlook te plakken",
			Text: "Kopieer tekst", TextFor: "voor het tekstveld van het verzendprogramma",
			Message: "Bewaar als .eml", MessageFor: "om te openen in Outlook of een ander mailprogramma",
			Copied: "Gekopieerd", Failed: "Kopiëren lukte niet: de browser of de voorvertoning staat het nu niet toe.",
			Send: "Versturen", OtherTool: "Dit is de mail voor %s. Hieronder gaat het over de mail voor %s, uw verzendprogramma.",
			Test: "Proefmail", TestTo: "Gaat naar %s.", SendTest: "Stuur proefmail", Sending: "Bezig met versturen …", SentTo: "Verstuurd aan",
			NoTest:   "Zet bij de instellingen onder Nieuwsbrief een mailserver en proefadressen om haar eerst aan uzelf te sturen.",
			Approval: "Akkoord", NotApproved: "Nog niemand heeft deze mail goedgekeurd.", ApprovedBy: "Goedgekeurd door %s op %s; sindsdien is er niets aan veranderd.",
			Stale: "%s keurde haar op %s goed; sindsdien is de mail veranderd.", By: "Uw naam", Approve: "Goedkeuren", Approved: "Goedgekeurd.",
			Wrong: "Er zitten nog fouten in; herstel eerst wat onder Meldingen staat.", Lost: "Het lukte niet: leerblad antwoordt niet.",
			Sent: "Verstuurd", NotSent: "Verstuur haar met uw verzendprogramma. Leg het daarna hier vast: dan blijft de mail precies zo bewaard.",
			SentOn: "Verstuurd op %s. De mail van toen staat in %s.", MarkSent: "Is verstuurd", Kept: "Vastgelegd en bewaard.",
			Draft: "Deze nieuwsbrief is nog een concept; zet haar eerst op de site.",
			View:  "Zo ziet een lezer haar", Light: "Licht", Dark: "Donker", Plain: "Zonder afbeeldingen", AsText: "Als tekst", Wide: "600 pixels breed", Narrow: "320 pixels breed",
		},
		Page: overviewWords{
			Decimal: ",", ToSite: "Naar de site", Problems: "Meldingen", None: "Geen meldingen.", Entries: "Teksten",
			Filter: "Zoek in de teksten", NoEntries: "Er zijn nog geen teksten te tonen.", Builds: "Laatste keren gebouwd",
			NoBuilds: "Er is nog niet gebouwd.", Stages: "Duur per stap", Files: "Gewijzigde bestanden",
			Changed: "%d pagina’s gewijzigd", OneChanged: "1 pagina gewijzigd", Found: "%d gevonden", NotFound: "Geen teksten gevonden",
			MoreProblems: "En nog %d. ‘leerblad check’ toont alle meldingen.", MoreEntries: "En nog %d. Zoek om ze te vinden.",
			Took: "in", Counted: "%d meldingen", OneCounted: "1 melding",
			Statuses: map[string]string{"draft": "concept", "scheduled": "gepland", "expired": "verlopen", "published": "gepubliceerd"},
			Groups:   map[string]string{"draft": "Concepten", "scheduled": "Gepland", "expired": "Verlopen", "published": "Gepubliceerd"},
		},
	}
}

func english() words {
	return words{
		Language: "en", NoAccess: "No access", Enter: "On to the preview",
		NeedsKey: "Open the whole address that ‘leerblad watch’ shows in the terminal, with the key in it. There is a new key each time the preview starts.",
		Waiting:  "Building the site …", Failed: "The site could not be built",
		Warned: "There are warnings", Stale: "You see the last version that was good.", Close: "Close",
		Labels: map[string]string{"error": "error", "warning": "warning", "hint": "hint"},
		Many:   map[string]string{"error": "errors", "warning": "warnings", "hint": "hints"},
		Bar:    "Preview", Good: "Up to date", Lost: "Disconnected", Follow: "Follow the editor", Desk: "Desk", Overview: "Overview",
		Help: "Help", Fold: "Fold the bar", Unfold: "Unfold the bar",
		Helps: []string{
			"Alt+click on a text: where it is in the files.",
			"Alt+Shift+K: the same for what has the focus, or is at the top of the view.",
			"Follow the editor: after another text is saved its page opens.",
			"Esc closes the list of problems.",
		},
		Copied: "Copied:", Opened: "Opened:", NoPlace: "The file of this place is not known.", CopyIt: "Place:",
		AsMail: "As mail",
		Mail: mailWords{
			Title: "Newsletters as mail", NoIssues: "There are no newsletters to show yet.", ToPage: "To the page",
			Inbox: "In the inbox", NoSender: "(no sender)", Lengths: "subject %d characters, preheader %d", Computer: "On a computer", Phone: "On a phone",
			Profile: "Sending tool",
			Take:    "Take it over", Source: "Copy HTML", SourceFor: "for the HTML field of the sending tool",
			Rich: "Copy formatted", RichFor: "to paste into a message in Outlook",
			Text: "Copy text", TextFor: "for the text field of the sending tool",
			Message: "Save as .eml", MessageFor: "to open in Outlook or another mail program",
			Copied: "Copied", Failed: "Copying failed: the browser or the preview does not allow it now.",
			Send: "Sending", OtherTool: "This is the mail for %s. What follows is about the mail for %s, your sending tool.",
			Test: "Test mail", TestTo: "Goes to %s.", SendTest: "Send test mail", Sending: "Being sent …", SentTo: "Sent to",
			NoTest:   "Put a mail server and test addresses below Newsletter in the settings to send it to yourself first.",
			Approval: "Approval", NotApproved: "Nobody has approved of this mail yet.", ApprovedBy: "%s approved of it on %s; nothing in it has changed since.",
			Stale: "%s approved of it on %s; the mail has changed since.", By: "Your name", Approve: "Approve", Approved: "Approved.",
			Wrong: "There are mistakes in it; first mend what stands below Problems.", Lost: "It failed: leerblad does not answer.",
			Sent: "Sent", NotSent: "Send it with your sending tool. Then note it here: the mail is then kept exactly as it is.",
			SentOn: "Sent on %s. The mail of then is in %s.", MarkSent: "It was sent", Kept: "Noted and kept.",
			Draft: "This newsletter is still a draft; publish it first.",
			View:  "As a reader sees it", Light: "Light", Dark: "Dark", Plain: "Without pictures", AsText: "As text", Wide: "600 pixels wide", Narrow: "320 pixels wide",
		},
		Page: overviewWords{
			Decimal: ".", ToSite: "To the site", Problems: "Problems", None: "No problems.", Entries: "Texts",
			Filter: "Search the texts", NoEntries: "There are no texts to show yet.", Builds: "Last builds",
			NoBuilds: "Nothing has been built yet.", Stages: "Time of each stage", Files: "Changed files",
			Changed: "%d pages changed", OneChanged: "1 page changed", Found: "%d found", NotFound: "No texts found",
			MoreProblems: "And %d more. ‘leerblad check’ shows all problems.", MoreEntries: "And %d more. Search to find them.",
			Took: "in", Counted: "%d problems", OneCounted: "1 problem",
			Statuses: map[string]string{"draft": "draft", "scheduled": "scheduled", "expired": "expired", "published": "published"},
			Groups:   map[string]string{"draft": "Drafts", "scheduled": "Scheduled", "expired": "Expired", "published": "Published"},
		},
	}
}

// counted fills in a number where there is a text for one and a text for more.
func counted(one, many string, n int) string {
	if n == 1 {
		return one
	}
	return fmt.Sprintf(many, n)
}

package publication

import "leerblad/internal/document"

// SettingsKeys are the keys of site.yaml, in the order of the content contract.
var SettingsKeys = settingsWords.Told([]document.Key{
	document.Key{Name: "title", Type: document.TypeLine}.Always(),
	{Name: "tagline", Type: document.TypeLine},
	{Name: "description", Type: document.TypeLine, Max: document.MaxSummary},
	document.Key{Name: "url", Type: document.TypeAddress}.Always(),
	{Name: "language", Type: document.TypeChoice, Choices: []string{"nl", "en"}},
	{Name: "license", Type: document.TypeAddress},
	{Name: "contact", Type: document.TypeMapping, Fields: contactKeys},
	{Name: "navigation", Type: document.TypeReferences, Choices: Lists(), Kinds: document.Which(func(*document.Row) bool { return true })},
	{Name: "theme", Type: document.TypeLine},
	{Name: "image", Type: document.TypeMapping, Fields: imageKeys},
	{Name: "pdf", Type: document.TypeBool},
	{Name: "search", Type: document.TypeMapping, Fields: searchKeys},
	{Name: "newsletter", Type: document.TypeMapping, Fields: newsletterKeys},
	{Name: "deploy", Type: document.TypeMapping, Fields: deployKeys},
})

// Keys of the groups in it.
var (
	contactKeys    = []document.Key{{Name: "name", Type: document.TypeLine}, {Name: "email", Type: document.TypeLine}}
	imageKeys      = []document.Key{{Name: "src", Type: document.TypePicture}, {Name: "alt", Type: document.TypeLine, Empty: true}}
	searchKeys     = []document.Key{{Name: "synonyms", Type: document.TypeGroups}}
	newsletterKeys = []document.Key{
		{Name: "profile", Type: document.TypeChoice, Choices: Profiles}, {Name: "from", Type: document.TypeLine},
		{Name: "address", Type: document.TypeLine}, {Name: "unknown", Type: document.TypeLine},
		{Name: "smtp", Type: document.TypeMapping, Fields: smtpKeys}, {Name: "test", Type: document.TypeLines}, {Name: "utm", Type: document.TypeMapping, Fields: utmKeys},
	}
	smtpKeys = []document.Key{
		document.Key{Name: "host", Type: document.TypeLine}.Always(), {Name: "port", Type: document.TypeNumber}, {Name: "user", Type: document.TypeLine}, {Name: "from", Type: document.TypeLine},
	}
	deployKeys = []document.Key{{Name: "to", Type: document.TypeLine}, {Name: "keep", Type: document.TypeNumber}}
	utmKeys    = []document.Key{{Name: "source", Type: document.TypeLine}, {Name: "medium", Type: document.TypeLine}, {Name: "campaign", Type: document.TypeLine}}
)

// Profiles are the names of the tools that send newsletters.
var Profiles = []string{"laposta", "spotler", "mailchimp", "brevo", "campaign-monitor", "activecampaign", "mailjet", "outlook", "plain"}

// settingsWords are the words of SettingsKeys.
var settingsWords = document.Words{
	"title": {"Titel", "Title",
		"De naam van de publicatie, boven elke pagina.", "The name of the publication, above every page."},
	"tagline": {"Ondertitel", "Tagline",
		"Staat bij de titel.", "Stands beside the title."},
	"description": {"Beschrijving", "Description",
		"Waar de publicatie over gaat, voor zoekmachines en feedlezers.", "What the publication is about, for search engines and feed readers."},
	"url": {"Adres", "Address",
		"Waar de site komt te staan; begint met https://.", "Where the site will be; begins with https://."},
	"language": {"Taal", "Language",
		"De taal van de teksten en van de site.", "The language of the texts and of the site."},
	"license": {"Licentie", "Licence",
		"Het adres van de licentie waaronder anderen de gegevens mogen gebruiken.", "The address of the licence under which others may use the data."},
	"contact":       {"Contact", "Contact", "Wie lezers kunnen bereiken.", "Whom readers can reach."},
	"contact.name":  {"Naam", "Name", "De naam van een persoon of redactie.", "The name of a person or of the editors."},
	"contact.email": {"E-mailadres", "E-mail address", "Het adres waar lezers naar schrijven.", "The address that readers write to."},
	"navigation": {"Menu", "Menu",
		"Wat er in het hoofdmenu staat, in die volgorde.", "What stands in the main menu, in that order."},
	"theme": {"Thema van de site", "Theme",
		"De map met de vormgeving; zonder is dat default.", "The folder with the design; without one it is default."},
	"image": {"Afbeelding", "Picture",
		"Wat andere sites tonen bij een link naar een pagina zonder eigen afbeelding.", "What other sites show with a link to a page without a picture of its own."},
	"image.src": {"Bestand", "File", "De foto of tekening, het liefst 1.200 bij 630 pixels.", "The photo or drawing, best 1,200 by 630 pixels."},
	"image.alt": {"Beschrijving", "Description", "Wat erop te zien is.", "What it shows."},
	"pdf": {"Sheets als PDF", "Sheets as PDF",
		"Maakt van elke sheet ook een PDF; daarvoor is Chrome, Edge of Chromium nodig.", "Makes a PDF of each sheet too; that takes Chrome, Edge or Chromium."},
	"search": {"Zoeken", "Search", "Hoe er op de site gezocht wordt.", "How the site is searched."},
	"search.synonyms": {"Synoniemen", "Synonyms",
		"Groepen woorden: wie op het ene zoekt, vindt ook de andere.", "Groups of words: who searches for one also finds the others."},
	"newsletter": {"Nieuwsbrief", "Newsletter", "Wat er in elke nieuwsbrief staat.", "What is in every newsletter."},
	"newsletter.profile": {"Verzendprogramma", "Sending tool",
		"Het programma dat de mail verstuurt.", "The tool that sends the mail."},
	"newsletter.from": {"Afzender", "From",
		"Van wie de mail komt; zonder is dat het contact.", "Whom the mail is from; without one it is the contact."},
	"newsletter.address": {"Postadres", "Postal address",
		"Staat onder aan elke mail.", "Stands at the foot of every mail."},
	"newsletter.unknown": {"Zonder naam", "Without a name",
		"Staat in de aanhef als de naam van een lezer niet bekend is, zoals lezer.", "Stands in the greeting if a reader’s name is not known, such as reader."},
	"newsletter.smtp": {"Mailserver", "Mail server",
		"De server die proefmail verstuurt; het wachtwoord staat in LEERBLAD_SMTP_PASSWORD, nooit hier.", "The server that sends test mail; the password is in LEERBLAD_SMTP_PASSWORD, never here."},
	"newsletter.smtp.host": {"Naam", "Name", "Zoals mail.example.org.", "Such as mail.example.org."},
	"newsletter.smtp.port": {"Poort", "Port", "Zonder is dat 587; 465 is ook gangbaar.", "Without it 587; 465 is common too."},
	"newsletter.smtp.user": {"Gebruiker", "User", "De naam waarmee u zich bij de server aanmeldt.", "The name with which you log in to the server."},
	"newsletter.smtp.from": {"Afzender", "From",
		"Van wie de proefmail komt, als de server alleen deze toelaat.", "Whom test mail is from, if the server allows this one alone."},
	"newsletter.test": {"Proefadressen", "Test addresses",
		"De enige adressen die proefmail krijgen.", "The only addresses that get test mail."},
	"newsletter.utm": {"Herkomst", "Origin",
		"Woorden die aan elke link naar de site komen, voor statistieken.", "Words that every link to the site gets, for statistics."},
	"newsletter.utm.source": {"Bron", "Source", "Komt in links als utm_source.", "Is utm_source in links."},
	"newsletter.utm.medium": {"Medium", "Medium", "Komt in links als utm_medium.", "Is utm_medium in links."},
	"deploy":                {"Op de site zetten", "Publish", "Hoe de site komt waar lezers haar vinden.", "How the site gets to where readers find it."},
	"deploy.to": {"Plaats", "Place",
		"Het adres van een map, een server of opslag; een wachtwoord staat er nooit in.", "The address of a folder, a server or a store; a password is never in it."},
	"deploy.keep": {"Dagen bewaren", "Days to keep",
		"Hoe lang oude stijlen en zoekgegevens blijven staan, voor open pagina’s; zonder is dat 7.", "How long old styles and search data stay, for pages that are open; without it 7."},
	"newsletter.utm.campaign": {"Campagne", "Campaign", "Komt in links als utm_campaign.", "Is utm_campaign in links."},
}

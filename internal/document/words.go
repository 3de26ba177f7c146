package document

import "leerblad/internal/diag"

// Words are what forms call keys, and what they say of them: each in Dutch and English. Those of a key within another have the other's name before
// them, as in image.alt.
type Words map[string][4]string

// Told gives keys with their words.
func (w Words) Told(keys []Key) []Key {
	w.tell("", keys)
	return keys
}

func (w Words) tell(in string, keys []Key) {
	for i := range keys {
		k := &keys[i]
		name := in + k.Name
		all := w[name]
		k.Label, k.Help = diag.Phrase{NL: all[0], EN: all[1]}, diag.Phrase{NL: all[2], EN: all[3]}
		w.tell(name+".", k.Fields)
	}
}

// words are those of Keys.
var words = Words{
	"title": {"Titel", "Title",
		"Staat boven de tekst, in lijsten en in zoekresultaten.", "Stands above the text, in lists and in search results."},
	"summary": {"Samenvatting", "Summary",
		"Een of twee zinnen: de inleiding van de pagina en de tekst op kaarten.", "One or two sentences: the lead of the page and the text on cards."},
	"language": {"Taal", "Language",
		"De taal van de tekst, als dat niet de taal van de publicatie is: een code zoals en of de.", "The language of the text, if it is not that of the publication: a code such as en or de."},
	"date": {"Datum", "Date",
		"De dag van publicatie; is die nog niet geweest, dan staat de tekst gepland.", "The day of publication; a text whose day is still to come is scheduled."},
	"updated": {"Bijgewerkt op", "Updated on",
		"De dag van de laatste verandering waar lezers iets aan hebben.", "The day of the last change that matters to readers."},
	"changes": {"Wijzigingen", "Changes",
		"Wat er na publicatie is verbeterd.", "What was corrected after publication."},
	"changes.date": {"Datum", "Date", "De dag van de verbetering.", "The day of the correction."},
	"changes.note": {"Wat er is verbeterd", "What was corrected", "Eén zin voor lezers.", "One sentence for readers."},
	"topics": {"Thema’s", "Topics",
		"De thema’s waar de tekst over gaat.", "The topics that the text is about."},
	"regions": {"Regio’s", "Regions",
		"De arbeidsmarktregio’s waar de tekst over gaat.", "The labour-market regions that the text is about."},
	"authors": {"Auteurs", "Authors",
		"Wie de tekst heeft gemaakt.", "Who made the text."},
	"image": {"Afbeelding", "Picture",
		"Staat boven de tekst, op kaarten en in berichten die naar de pagina verwijzen.", "Stands above the text, on cards and in messages that link to the page."},
	"image.src": {"Bestand", "File", "De foto of tekening.", "The photo or drawing."},
	"image.alt": {"Beschrijving", "Description",
		"Wat erop te zien is, voor wie haar niet ziet; leeg als zij alleen versiert.", "What it shows, for those who do not see it; empty if it only decorates."},
	"image.credit": {"Maker", "Credit", "Wie haar heeft gemaakt.", "Who made it."},
	"draft": {"Concept", "Draft",
		"Een concept is niet op de site te zien.", "A draft is not shown on the site."},
	"expires": {"Vervalt op", "Expires on",
		"Vanaf deze dag is de tekst niet meer op de site te zien.", "From this day on the text is not shown on the site."},
	"aliases": {"Oude adressen", "Old addresses",
		"Paden die naar deze pagina leiden, zoals /oud/pad/.", "Paths that lead to this page, such as /old/path/."},
	"order": {"Volgorde", "Order",
		"Een geheel getal; het kleinste staat vooraan.", "A whole number; the smallest comes first."},
	"number": {"Nummer", "Number",
		"Elk nummer komt één keer voor.", "Each number is used once."},
	"period": {"Periode", "Period",
		"De tijd waar de tekst over gaat, zoals start t/m Q4 2020.", "The time that the text is about, such as start to Q4 2020."},
	"sources": {"Bronnen", "Sources",
		"Hoe de bevindingen zijn verzameld.", "How the findings were gathered."},
	"report": {"Rapport", "Report",
		"Het rapport bij de sheet: een document van deze publicatie, of een adres.", "The report behind the sheet: a document of this publication, or an address."},
	"report.title": {"Titel", "Title", "De titel van het rapport.", "The title of the report."},
	"report.link":  {"Adres", "Address", "Het adres van het rapport, dat begint met https://.", "The address of the report, which begins with https://."},
	"sheet": {"Sheet", "Sheet",
		"De sheet waar de aanbeveling bij hoort.", "The sheet that the recommendation comes from."},
	"evidence": {"Onderbouwing", "Evidence",
		"De bevindingen, sheets, verhalen en documenten waar de aanbeveling op steunt.", "The findings, sheets, stories and documents that the recommendation rests on."},
	"audience": {"Voor wie", "Audience",
		"Wie er iets met de aanbeveling moet doen.", "Who should act on the recommendation."},
	"outcome": {"Uitkomst", "Outcome",
		"Hoe het is afgelopen.", "How it turned out."},
	"lessons": {"Lessen", "Lessons",
		"Wat anderen ervan kunnen leren, elk in één zin.", "What others can learn from it, each in one sentence."},
	"media": {"Beeld en geluid", "Media",
		"Films, foto’s, opnamen, artikelen en uitspraken bij het verhaal.", "Films, photos, recordings, articles and quotations with the story."},
	"media.type": {"Soort", "Type", "Wat voor iets het is.", "What it is."},
	"media.src":  {"Bestand", "File", "Een bestand van deze publicatie.", "A file of this publication."},
	"media.link": {"Adres", "Address",
		"Waar het op een andere site staat.", "Where it is on another site."},
	"media.alt": {"Beschrijving", "Description",
		"Wat er te zien is, voor wie het niet ziet; nodig bij beeld en infographics.", "What it shows, for those who do not see it; needed for pictures and infographics."},
	"media.caption": {"Bijschrift", "Caption", "De tekst eronder.", "The text below it."},
	"media.credit":  {"Maker", "Credit", "Wie het heeft gemaakt.", "Who made it."},
	"media.poster": {"Stilstaand beeld", "Still",
		"De afbeelding op de plaats van een film.", "The picture in the place of a film."},
	"media.captions": {"Ondertiteling", "Captions",
		"Een bestand met ondertitels (WebVTT), bij film en geluid.", "A file with captions (WebVTT), for video and audio."},
	"media.transcript": {"Uitgeschreven tekst", "Transcript",
		"Wat er gezegd wordt, of het Markdown-bestand waar dat in staat.", "What is said, or the Markdown file that holds it."},
	"media.quote":  {"Uitspraak", "Quotation", "Wat iemand zei; nodig bij een uitspraak.", "What somebody said; needed for a testimonial."},
	"media.person": {"Persoon", "Person", "Wie het zei: een rol, geen naam.", "Who said it: a role, not a name."},
	"type": {"Soort document", "Type of document",
		"Wat voor document het is.", "What kind of document it is."},
	"file": {"Bestand", "File",
		"Het document zelf, bijvoorbeeld een pdf.", "The document itself, such as a PDF."},
	"link": {"Adres", "Address",
		"Waar het document op een andere site staat; begint met https://.", "Where the document is on another site; begins with https://."},
	"municipality": {"Centrumgemeente", "Central municipality",
		"De gemeente die de regio trekt.", "The municipality that leads the region."},
	"code": {"Code", "Code",
		"De code van het CBS, zoals AM01.", "The code of Statistics Netherlands (CBS), such as AM01."},
	"tile": {"Plaats op de kaart", "Place on the map",
		"De kolom en de rij op de kaart van de regio’s, zoals 4 en 6.", "The column and the row on the map of the regions, such as 4 and 6."},
	"names": {"Andere namen", "Other names",
		"Ze tellen bij het zoeken, en een kop met zo’n naam hoort bij het thema.", "They count in search, and a heading with such a name belongs to the topic."},
	"subject": {"Onderwerp", "Subject",
		"Het onderwerp van de mail; zonder is dat de titel.", "The subject of the mail; without one it is the title."},
	"preheader": {"Preheader", "Preheader",
		"De regel die na het onderwerp in het postvak te zien is.", "The line that an inbox shows after the subject."},
	"greeting": {"Aanhef", "Greeting",
		"Boven de tekst, zoals Beste {name},; het verzendprogramma vult de naam in.", "Above the text, such as Dear {name},; the sending tool fills in the name."},
	"items": {"Onderdelen", "Items",
		"De teksten in deze nieuwsbrief, in hun volgorde.", "The texts in this newsletter, in their order."},
	"approved": {"Goedgekeurd", "Approved",
		"Wie de mail heeft goedgekeurd, en wanneer; knoppen op het bureau schrijven dit.", "Who approved of the mail, and when; buttons on the desk write this."},
	"approved.by":     {"Door", "By", "Wie haar goedkeurde.", "Who approved of it."},
	"approved.date":   {"Datum", "Date", "De dag waarop.", "The day."},
	"approved.digest": {"Kenmerk", "Digest", "Hoort bij precies deze mail (SHA-256).", "Belongs to exactly this mail (SHA-256)."},
	"sent": {"Verstuurd", "Sent",
		"Wanneer de mail is verstuurd, die in sent/ bewaard is; een knop op het bureau schrijft dit.", "When the mail was sent, which is kept in sent/; a button on the desk writes this."},
	"sent.date":   {"Datum", "Date", "De dag waarop.", "The day."},
	"sent.digest": {"Kenmerk", "Digest", "Hoort bij precies deze mail (SHA-256).", "Belongs to exactly this mail (SHA-256)."},
	"form": {"Formulier", "Form",
		"Waarmee lezers iets insturen: story is een praktijkverhaal.", "With which readers send something in: story is a practice story."},
}

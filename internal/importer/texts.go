package importer

import (
	"fmt"
	"slices"

	"leerblad/internal/diag"
)

// Error says why a file cannot be read.
type Error struct {
	Code string // a key of the table of texts
	Args []any
}

func (e *Error) Error() string { return e.Text(diag.English) }

// Text says it in words.
func (e *Error) Text(l diag.Language) string { return say(l, e.Code, e.Args) }

// Text says it in words.
func (r Remark) Text(l diag.Language) string { return say(l, r.Code, r.Args) }

func say(l diag.Language, code string, args []any) string {
	pair := texts[code]
	text := pair[0]
	if l == diag.English {
		text = pair[1]
	}
	if len(args) == 0 {
		return text
	}
	said := slices.Clone(args)
	for i, a := range args {
		if d, ok := a.(diag.Diagnostic); ok {
			said[i] = d.Message(l)
		}
	}
	return fmt.Sprintf(text, said...)
}

// texts holds the words of errors, remarks and questions in Dutch and English.
var texts = map[string][2]string{
	// Errors.
	"unknown-file":   {"dit is geen tekst die leerblad kent\n  bewaar haar als Word-document (.docx), .odt, .html, .xlsx, .csv, .txt of .md", "this is no text that leerblad knows\n  save it as a Word document (.docx), .odt, .html, .xlsx, .csv, .txt or .md"},
	"empty-file":     {"in het bestand staat geen tekst", "there is no text in the file"},
	"broken-file":    {"het bestand is beschadigd\n  open het in het programma waarmee het is gemaakt en bewaar het opnieuw", "the file is damaged\n  open it in the program that made it and save it again"},
	"encrypted":      {"het bestand heeft een wachtwoord\n  haal het weg in Word (Bestand, Info, Document beveiligen) en bewaar het opnieuw", "the file has a password\n  remove it in Word (File, Info, Protect Document) and save it again"},
	"legacy-doc":     {"dit is een oud Word-bestand (.doc)\n  open het in Word of LibreOffice en bewaar het met Opslaan als, Word-document (.docx)", "this is an old Word file (.doc)\n  open it in Word or LibreOffice and save it with Save As, Word Document (.docx)"},
	"legacy-xls":     {"dit is een oud Excel-bestand (.xls)\n  open het in Excel of LibreOffice en bewaar het met Opslaan als, Excel-werkmap (.xlsx)", "this is an old Excel file (.xls)\n  open it in Excel or LibreOffice and save it with Save As, Excel Workbook (.xlsx)"},
	"ods":            {"dit is een rekenblad van LibreOffice (.ods)\n  bewaar het met Opslaan als, Excel (.xlsx)", "this is a spreadsheet of LibreOffice (.ods)\n  save it with Save As, Excel (.xlsx)"},
	"pages":          {"dit is een bestand van Pages of Numbers\n  kies daar Archief, Exporteer naar, Word (of Excel) en neem dat bestand", "this is a file of Pages or Numbers\n  choose File, Export To, Word (or Excel) there and take that file"},
	"pdf":            {"dit is een pdf\n  open haar in Word, dat haar omzet, en bewaar haar als Word-document (.docx); kijk de tekst daarna goed na", "this is a PDF\n  open it in Word, which converts it, and save it as a Word document (.docx); then check the text well"},
	"rtf":            {"dit is een bestand in Rich Text Format (.rtf)\n  open het in Word of LibreOffice en bewaar het als Word-document (.docx)", "this is a file in Rich Text Format (.rtf)\n  open it in Word or LibreOffice and save it as a Word document (.docx)"},
	"text-too-large": {"de tekst is groter dan %d MB, en een tekst van de publicatie mag dat niet zijn\n  splits haar, en importeer elk deel apart", "the text is larger than %d MB, and a text of the publication may not be\n  split it, and import each part by itself"},
	"too-large":      {"het bestand is uitgepakt groter dan %d MB\n  splits het, of maak de plaatjes erin kleiner", "the file is larger than %d MB when unpacked\n  split it, or make the pictures in it smaller"},
	"too-many-parts": {"het bestand bestaat uit meer dan %d delen\n  splits het", "the file has more than %d parts\n  split it"},
	"too-many-nodes": {"het bestand bestaat uit meer dan %d stukjes opmaak en tekst\n  splits het, en importeer elk deel apart", "the file has more than %d pieces of format and text\n  split it, and import each part by itself"},
	"too-deep":       {"in het bestand staan meer dan %d dingen in elkaar\n  maak het eenvoudiger en bewaar het opnieuw", "more than %d things stand inside each other in the file\n  make it simpler and save it again"},
	"page-too-large": {"de pagina is te groot om te lezen\n  neem haar in delen", "the page is too large to read\n  take it in parts"},
	"too-many-cells": {"de tabellen hebben samen meer dan %d cellen\n  neem alleen wat op de pagina moet staan", "the tables have more than %d cells together\n  take only what must stand on the page"},

	// Errors of contributions: whoever made the file is told by the editors.
	"parcel-large":     {"het bestand is, uitgepakt, groter dan %d MB; het formulier maakt zulke bestanden niet\n  vraag de inzender om kleinere foto’s, of om het adres van de film", "the file is larger than %d MB when unpacked; the form makes no such files\n  ask the sender for smaller photos, or for the address of the film"},
	"parcel-files":     {"er zitten meer dan %d bestanden in; het formulier maakt zulke bestanden niet\n  vraag de inzender het verhaal opnieuw te sturen met het formulier", "there are more than %d files in it; the form makes no such files\n  ask the sender to send the story again with the form"},
	"parcel-broken":    {"het bestand is beschadigd of afgebroken\n  vraag de inzender het opnieuw te sturen", "the file is damaged or cut off\n  ask the sender to send it again"},
	"parcel-encrypted": {"“%s” is versleuteld\n  vraag de inzender om het bestand zonder wachtwoord", "“%s” is encrypted\n  ask the sender for the file without a password"},
	"parcel-link":      {"“%s” is een verwijzing naar iets buiten het bestand; open het niet\n  vraag de inzender het verhaal opnieuw te sturen met het formulier", "“%s” is a link to something outside the file; do not open it\n  ask the sender to send the story again with the form"},
	"parcel-name":      {"er zit een bestand in dat het formulier niet maakt: “%s”; open het niet\n  vraag de inzender het verhaal opnieuw te sturen met het formulier", "there is a file in it that the form does not make: “%s”; do not open it\n  ask the sender to send the story again with the form"},
	"parcel-twice":     {"“%s” zit er twee keer in; open het niet\n  vraag de inzender het verhaal opnieuw te sturen met het formulier", "“%s” is in it twice; do not open it\n  ask the sender to send the story again with the form"},
	"parcel-method":    {"“%s” is ingepakt op een manier die leerblad niet leest\n  pak het zip-bestand uit en pak het opnieuw in met Windows of macOS", "“%s” is packed in a way that leerblad does not read\n  unpack the ZIP file and pack it again with Windows or macOS"},
	"parcel-story":     {"er zit geen verhaal in (story.md)\n  vraag de inzender om het bestand dat het formulier maakt", "there is no story in it (story.md)\n  ask the sender for the file that the form makes"},
	"parcel-mistake":   {"regel %d van het verhaal is niet zoals het formulier schrijft: %s\n  vraag de inzender het verhaal opnieuw te sturen met het formulier", "line %d of the story is not as the form writes: %s\n  ask the sender to send the story again with the form"},
	"parcel-more":      {"op regel %d van het verhaal staat meer dan tekst: %s\n  vraag de inzender het verhaal opnieuw te sturen met het formulier", "on line %d of the story there is more than text: %s\n  ask the sender to send the story again with the form"},
	"parcel-missing":   {"het verhaal noemt het bestand “%s”, en dat zit er niet in\n  vraag de inzender het verhaal opnieuw te sturen met het formulier", "the story names the file “%s”, which is not in it\n  ask the sender to send the story again with the form"},
	"parcel-picture":   {"“%s” is geen JPG, PNG of WebP, hoe het ook heet\n  vraag de inzender om de foto of tekening in een van die soorten", "“%s” is no JPG, PNG or WebP, whatever its name says\n  ask the sender for the photo or drawing as one of those"},
	"parcel-pixels":    {"“%s” heeft meer dan %d miljoen beeldpunten\n  vraag de inzender om een kleinere afbeelding", "“%s” has more than %d million pixels\n  ask the sender for a smaller picture"},
	"parcel-damaged":   {"de afbeelding “%s” is beschadigd of afgebroken\n  vraag de inzender haar opnieuw te sturen", "the picture “%s” is damaged or cut off\n  ask the sender to send it again"},
	"parcel-recording": {"“%s” is geen MP4, WebM, MP3 of M4A, hoe het ook heet\n  vraag de inzender om de film of opname in een van die soorten", "“%s” is no MP4, WebM, MP3 or M4A, whatever its name says\n  ask the sender for the film or recording as one of those"},
	"parcel-captions":  {"“%s” heeft geen ondertitels: het begint niet met WEBVTT\n  vraag de inzender om een WebVTT-bestand (.vtt)", "“%s” has no captions: it does not begin with WEBVTT\n  ask the sender for a WebVTT file (.vtt)"},

	// Remarks.
	"parcel-comment":     {"Ingestuurd met het formulier. Wie het stuurde, en de toestemming, staan in sender.txt in het zip-bestand: bewaar dat.", "Contributed with the form. Who sent it, and the consent, are in sender.txt in the ZIP file: keep that."},
	"parcel-sender":      {"van de inzender, voor de redactie alleen (het staat niet in de tekst; bewaar het zip-bestand):\n%s", "from the sender, for the editors alone (it is not in the text; keep the ZIP file):\n%s"},
	"parcel-no-sender":   {"de inzender zegt niets over toestemming (sender.txt ontbreekt): vraag of alles op de site mag, en of wie te zien of te horen is dat goedvindt", "the sender says nothing about consent (there is no sender.txt): ask whether all of it may be on the site, and whether those seen or heard in it agree"},
	"parcel-region":      {"de regio “%s” is er niet in deze publicatie; kies zelf een regio", "there is no region “%s” in this publication; choose a region yourself"},
	"parcel-key":         {"%s is niet overgenomen; daarover gaat de redactie", "%s is not taken over; that is for the editors to decide"},
	"parcel-unused":      {"“%s” hoort bij niets in het verhaal en is weggelaten", "“%s” belongs to nothing in the story and is left out"},
	"parcel-address":     {"in het verhaal staat een link; kijk of zij deugt: %s", "there is a link in the story; see whether it is good: %s"},
	"parcel-places":      {"in “%s” kan staan waar en wanneer zij is opgenomen; uit foto’s is dat weggehaald, uit films en opnamen niet", "“%s” may say where and when it was recorded; that has been taken out of photos, not of films and recordings"},
	"media-left-out":     {"wat van %s komt (film, geluid of een ingesloten pagina) is weggelaten; zet er een link voor in de plaats", "what comes from %s (film, sound or an embedded page) is left out; put a link in its place"},
	"sheet-hidden":       {"het verborgen blad “%s” is niet overgenomen", "the hidden sheet “%s” is not taken over"},
	"cells-hidden":       {"verborgen rijen of kolommen van het blad “%s” zijn niet overgenomen", "hidden rows or columns of the sheet “%s” are not taken over"},
	"front-left-out":     {"%s (%s) is niet overgenomen", "%s (%s) is not taken over"},
	"shortcode-left-out": {"%s is iets van het programma waarvoor de tekst is gemaakt, en is weggelaten", "%s belongs to the program that the text was made for, and is left out"},
	"link-left-out":      {"de link naar %s is weggelaten; de tekst ervan staat er nog", "the link to %s is left out; its text is still there"},
	"link-inside":        {"links binnen het bestand die niet naar een kop leiden, zijn nu gewone tekst; geef ze zo nodig een adres: %s", "links within the file that do not lead to a heading are plain text now; give them an address where needed: %s"},
	"heading-left-out":   {"de kop “%s” is weg, nu de punten eronder eigen teksten zijn; voor wie zij zijn, hoort bij audience", "the heading “%s” is gone, as the items below it are texts of their own; for whom they are belongs in audience"},
	"list-in-cell":       {"in de tabel met %s stond een lijst of tabel in een cel; elk punt staat nu op een regel", "the table with %s had a list or table in a cell; each item is a line now"},
	"merged-cells":       {"de tabel met %s had samengevoegde cellen; wat erin stond, staat in de eerste ervan", "the table with %s had merged cells; what they held stands in the first of them"},
	"tracked":            {"bijgehouden wijzigingen zijn aanvaard: wat was weggehaald, staat er niet", "tracked changes are accepted: what was deleted is not there"},
	"hidden-text":        {"verborgen tekst is niet overgenomen", "hidden text is not taken over"},
	"page-number":        {"in de tekst staan nummers van bladzijden, die een website niet heeft; schrijf daar iets anders", "the text has numbers of pages, which a website does not have; write something else there"},
	"head-left-out":      {"wat boven en onder de bladzijden stond, is weggelaten: %s", "what stood at the top and foot of the pages is left out: %s"},
	"picture-elsewhere":  {"de afbeelding %s zit niet in het bestand en is weggelaten", "the picture %s is not in the file and is left out"},
	"picture-kind":       {"de afbeelding %s is van een soort die een website niet toont, en is weggelaten; bewaar haar als .png", "the picture %s is of a kind that a website does not show, and is left out; save it as .png"},
	"comment":            {"opmerking van %s, niet overgenomen: %s", "comment by %s, not taken over: %s"},
	"damaged-part":       {"het deel %s van het bestand is beschadigd; wat leesbaar was staat er", "the part %s of the file is damaged; what could be read is there"},
	"note-missing":       {"een voetnoot van het bestand ontbreekt; het teken ervan is weggelaten", "a footnote is missing from the file; its mark is left out"},
	"picture-missing":    {"een afbeelding ontbreekt in het bestand en is weggelaten", "a picture is missing from the file and is left out"},
	"lists-missing":      {"de nummering van lijsten ontbreekt in het bestand; het zijn nu opsommingen met streepjes", "the numbering of lists is missing from the file; they are bulleted lists now"},
	"table-too-large":    {"een tabel heeft te veel cellen; de tekst ervan staat er als alinea’s", "a table has too many cells; its text is there as paragraphs"},
	"macros":             {"de macro’s in het bestand zijn niet gelezen", "the macros in the file have not been read"},
	"equation":           {"formules staan er als gewone tekst op één regel; kijk ze na", "equations are plain text on one line; check them"},
	"chart":              {"van een grafiek staan de titel en de cijfers er, als tabel; voeg de grafiek zelf toe als afbeelding", "of a chart the title and figures are there, as a table; add the chart itself as a picture"},
	"diagram":            {"van een diagram staan de teksten er, als lijst; kijk na of dat volstaat", "of a diagram the texts are there, as a list; check whether that will do"},
	"object-left-out":    {"een ingesloten object, zoals een rekenblad, is weggelaten; hoogstens de afbeelding ervan staat er", "an embedded object, such as a spreadsheet, is left out; at most its picture is there"},
	"part-left-out":      {"het ingevoegde deel %s is weggelaten; importeer het apart", "the inserted part %s is left out; import it by itself"},

	// Questions.
	"ask-title-file":           {"in het bestand staat geen titel; die is nu “%s”", "the file has no title; it is “%s” now"},
	"ask-title-first":          {"de eerste kop, “%s”, is de titel geworden, en er zijn meer koppen van die rang; klopt dat?", "the first heading, “%s”, has become the title, and there are more headings of its rank; is that right?"},
	"ask-numbers":              {"%d koppen beginnen met een getypt nummer; moeten die weg?", "%d headings begin with a typed number; must these go?"},
	"ask-date":                 {"in het bestand staat geen datum; die is nu vandaag, %s", "the file has no date; it is today now, %s"},
	"ask-date-in-text":         {"de datum is nu %s, naar wat in de eerste regels staat; klopt dat?", "the date is %s now, after what the first lines say; is that right?"},
	"ask-sign":                 {"wat betekent %s? Punten die ermee beginnen: %d", "what does %s mean? Items that begin with it: %d"},
	"ask-recommendations":      {"punten onder “%s”: %d; elk kan een aanbeveling worden, met een tekst van zichzelf", "items below “%s”: %d; each could become a recommendation, with a text of its own"},
	"ask-recommendations-hand": {"punten onder “%s”: %d; elk kan een aanbeveling worden, maar er zitten links, noten, afbeeldingen of bevindingen in: doe dat zelf (leerblad new recommendations \"…\")", "items below “%s”: %d; each could become a recommendation, but there are links, notes, pictures or findings in them: do so yourself (leerblad new recommendations \"…\")"},
	"ask-topic":                {"boven bevindingen staan koppen die geen thema zijn: %s; zet {topic=…} achter de kop, of maak het thema (leerblad new topics \"…\")", "above findings are headings that are no topic: %s; put {topic=…} behind the heading, or make the topic (leerblad new topics \"…\")"},
}

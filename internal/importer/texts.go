package importer

import (
	"fmt"

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
	return fmt.Sprintf(text, args...)
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

	// Remarks.
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

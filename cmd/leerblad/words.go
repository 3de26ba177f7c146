package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"runtime"
	"strings"
	"syscall"

	"leerblad/internal/build"
	"leerblad/internal/courier"
	"leerblad/internal/deploy"
	"leerblad/internal/diag"
	"leerblad/internal/edit"
	"leerblad/internal/output"
	"leerblad/internal/pdf"
	"leerblad/internal/publication"
	"leerblad/internal/source"
)

// words are the texts of the command line in one language.
type words diag.Language

// languageOf gives the language that --lang asks for, or Dutch.
func languageOf(args []string) diag.Language {
	for i, a := range args {
		if a == "--lang=en" || a == "--lang" && i+1 < len(args) && args[i+1] == "en" {
			return diag.English
		}
	}
	return diag.Dutch
}

func (w words) get(key string, args ...any) string {
	pair, ok := commandTexts[key]
	if !ok {
		panic("no text " + key) // a test asks for every key
	}
	text := pair[0]
	if diag.Language(w) == diag.English {
		text = pair[1]
	}
	if len(args) > 0 {
		return fmt.Sprintf(text, args...)
	}
	return text
}

// count gives a number of things that have a word for one of them and a word for more.
func (w words) count(key string, n int) string {
	if n == 1 {
		return w.get(key + ".1")
	}
	return w.get(key, n)
}

// problems counts the errors and warnings of a list.
func (w words) problems(list diag.List) string {
	errors, warnings := list.Count()
	return w.get("problems", w.count("error", errors), w.count("warning", warnings))
}

// some names the first of many files.
func (w words) some(names []string) string {
	const shown = 10
	text := strings.Join(names[:min(shown, len(names))], ", ")
	if more := len(names) - shown; more > 0 {
		text += w.get("and-more", more)
	}
	return text
}

// ease says how easily a text reads, by its Flesch-Douma score.
func (w words) ease(score int) string {
	switch {
	case score >= 60:
		return w.get("ease.good", score)
	case score >= 45:
		return w.get("ease.fair", score)
	}
	return w.get("ease.hard", score)
}

// meant asks whether a word was meant, or gives "" for none.
func (w words) meant(word string) string {
	if word == "" {
		return ""
	}
	return w.get("meant", word)
}

// leftOut says how many entries are not published and until when, or "" if all are.
func (w words) leftOut(l publication.LeftOut) string {
	const days = 3 // that are named
	var parts []string
	if l.Drafts > 0 {
		parts = append(parts, w.count("draft", l.Drafts))
	}
	for named, rest := 0, l.Until; len(rest) > 0; named++ {
		n := 1
		for n < len(rest) && rest[n] == rest[0] {
			n++
		}
		if named == days {
			parts = append(parts, w.get("left-out.later", len(rest)))
			break
		}
		parts = append(parts, w.get("left-out.until", n, rest[0]))
		rest = rest[n:]
	}
	if l.Expired > 0 {
		parts = append(parts, w.count("expired", l.Expired))
	}
	if parts == nil {
		return ""
	}
	return w.get("left-out", strings.Join(parts, ", "))
}

// due says when the site changes by itself and why, or "" if it does not.
func (w words) due(d build.Due) string {
	if d.Day == "" {
		return ""
	}
	var parts []string
	if d.Appear > 0 {
		parts = append(parts, w.count("due.appear", d.Appear))
	}
	if d.Expire > 0 {
		parts = append(parts, w.count("due.expire", d.Expire))
	}
	if d.SecurityExpires {
		parts = append(parts, w.get("due.security"))
	}
	return w.get("due", d.Day, strings.Join(parts, ", "))
}

// refused says why a place does not take the site.
func (w words) refused(r *deploy.RefusedError) string {
	detail := r.Detail
	if detail != "" && r.Reason != deploy.UnknownHost && r.Reason != deploy.OtherHost {
		detail = " (" + detail + ")"
	}
	return w.get("deploy."+string(r.Reason), detail)
}

// untaken says why a mail server does not take mail.
func (w words) untaken(e *courier.Error) string {
	detail := e.Detail
	if detail != "" {
		detail = " (" + detail + ")"
	}
	return w.get("test."+string(e.Reason), detail)
}

// describe says what a failure of the call or the machine is.
func describe(err error, w words) string {
	var foreign *output.ForeignError
	var file *fs.PathError
	var inTheWay *deploy.ForeignError
	var refused *deploy.RefusedError
	var untaken *courier.Error
	var sheet *build.PDFError
	switch {
	case errors.As(err, &untaken):
		return w.untaken(untaken)
	case errors.As(err, &refused):
		return w.refused(refused)
	case errors.Is(err, errNoTarget):
		return w.get("no-target-given")
	case errors.Is(err, deploy.ErrAddress):
		return w.get("bad-target")
	case errors.As(err, &inTheWay):
		return w.get("deploy.foreign", w.some(inTheWay.Paths))
	case errors.Is(err, deploy.ErrBusy):
		return w.get("deploy.busy")
	case errors.Is(err, context.Canceled):
		return w.get("stopped")
	case errors.Is(err, pdf.ErrNone):
		return w.noBrowser()
	case errors.As(err, &sheet):
		return w.noPDF(sheet)
	case errors.Is(err, build.ErrRestless):
		return w.get("restless")
	case errors.As(err, &foreign):
		return w.get("foreign", w.some(foreign.Paths))
	case diskFull(err) && errors.As(err, &file):
		return w.get("disk-full", file.Path)
	case errors.Is(err, syscall.EROFS) && errors.As(err, &file):
		return w.get("read-only", file.Path)
	case errors.Is(err, output.ErrBusy) && errors.As(err, &file):
		return w.get("busy", file.Path)
	case errors.Is(err, edit.ErrBusy) && errors.As(err, &file):
		return w.get("busy", file.Path)
	case errors.Is(err, edit.ErrReadOnly) && errors.As(err, &file):
		return w.get("protected", file.Path)
	case errors.Is(err, edit.ErrLink) && errors.As(err, &file):
		return w.get("link", file.Path)
	case errors.Is(err, edit.ErrTaken) && errors.As(err, &file):
		return w.get("taken", file.Path)
	case errors.Is(err, edit.ErrChanged) && errors.As(err, &file):
		return w.get("changed", file.Path)
	case errors.Is(err, edit.ErrJournal) && errors.As(err, &file):
		return w.get("journal", file.Path)
	case errors.Is(err, output.ErrNoTarget) && errors.As(err, &file):
		return w.get("no-target", file.Path)
	case errors.Is(err, source.ErrNotRegular) && errors.As(err, &file):
		return w.get("not-regular", file.Path)
	case errors.Is(err, syscall.ENOTDIR) && errors.As(err, &file):
		return w.get("not-folder", file.Path)
	case errors.Is(err, fs.ErrNotExist) && errors.As(err, &file):
		return w.get("not-found", file.Path)
	case errors.Is(err, fs.ErrPermission) && errors.As(err, &file):
		return w.get("no-permission", file.Path)
	}
	message := err.Error()
	if diag.Language(w) == diag.Dutch {
		for _, t := range callErrors {
			message = t.english.ReplaceAllString(message, t.dutch)
		}
	}
	return message
}

// noBrowser says how to get what makes PDFs.
func (w words) noBrowser() string {
	switch runtime.GOOS {
	case "windows", "darwin":
		return w.get("pdf.no-browser."+runtime.GOOS, pdf.PathVariable)
	}
	return w.get("pdf.no-browser", pdf.PathVariable)
}

// noPDF says why a sheet has no PDF.
func (w words) noPDF(sheet *build.PDFError) string {
	switch {
	case errors.Is(sheet, pdf.ErrSlow):
		return w.get("pdf.slow", sheet.File)
	case errors.Is(sheet, pdf.ErrEnded):
		return w.get("pdf.ended", sheet.File)
	}
	return w.get("pdf.failed", sheet.File, sheet.Err)
}

// diskFull also knows the two numbers that Windows has for it.
func diskFull(err error) bool {
	const handleDiskFull, diskFull = syscall.Errno(39), syscall.Errno(112)
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) ||
		runtime.GOOS == "windows" && (errors.Is(err, handleDiskFull) || errors.Is(err, diskFull))
}

// callErrors are the messages of the command-line library, which speaks English alone.
var callErrors = []struct {
	english *regexp.Regexp
	dutch   string
}{
	{regexp.MustCompile(`(?s)^unknown command "([^"]*)" for "leerblad"(?:\n\nDid you mean this\?\n\s*(\S+).*)?`), "onbekende opdracht $1; zie leerblad --help"},
	{regexp.MustCompile(`^unknown flag: (\S+)`), "onbekende optie $1; zie --help bij de opdracht"},
	{regexp.MustCompile(`^unknown shorthand flag: '(.)' in (\S+)`), "onbekende optie -$1 in $2"},
	{regexp.MustCompile(`^flag needs an argument: (\S+)`), "bij optie $1 hoort een waarde"},
	{regexp.MustCompile(`^requires at least (\d+) arg\(s\), only received (\d+)`), "verwacht minstens $1 woord achter de opdracht en kreeg er $2"},
	{regexp.MustCompile(`^accepts (\d+) arg\(s\), received (\d+)`), "verwacht $1 woorden achter de opdracht en kreeg er $2; zet een titel tussen aanhalingstekens"},
}

// commandTexts holds each text in Dutch and English.
var commandTexts = map[string][2]string{
	"leerblad": {"Maakt van een map met teksten een website van een lerende evaluatie", "Turns a folder of texts into a learning-evaluation website"},
	"leerblad.long": {
		"leerblad maakt van een map met Markdown-teksten (sheets met bevindingen, aanbevelingen, praktijkverhalen)\neen website. Begin met: leerblad init mijn-publicatie",
		"leerblad turns a folder of Markdown texts (sheets with findings, recommendations, practice stories)\ninto a website. Begin with: leerblad init my-publication"},
	"build":      {"Bouw de site", "Build the site"},
	"build.long": {"Bouwt de site uit de map met teksten. Bij fouten in de teksten wordt niets geschreven.", "Builds the site from the folder of texts. With errors in the texts nothing is written."},
	"check":      {"Controleer de teksten, en herstel ze met --fix", "Check the texts, and mend them with --fix"},
	"check.long": {
		"Toont alle fouten, waarschuwingen en hints, ook wat er mis zou zijn met concepten, geplande en verlopen teksten als die\ngepubliceerd zijn. Schrijft niets, behalve met --fix: dat herstelt in de teksten alles waarbij niets te kiezen is,\nzegt wat het deed, en toont wat er dan nog over is.",
		"Shows all errors, warnings and hints, and what would be wrong with drafts, scheduled and expired texts once they are\npublished. Writes nothing, but with --fix: that mends in the texts all that leaves nothing to choose,\nsays what it did, and shows what then remains."},
	"watch":      {"Laat de site zien terwijl u schrijft", "Show the site while you write"},
	"watch.long": {"Bouwt de site in het geheugen, toont haar op dit adres en ververst haar na elke wijziging.", "Builds the site in memory, serves it at this address and refreshes it after each change."},
	"new":        {"Maak een nieuwe tekst van een soort", "Make a new text of a kind"},
	"new.long":   {"Maakt een ingevuld sjabloon, als concept. Soorten: %s", "Makes a filled-in template, as a draft. Kinds: %s"},
	"move":       {"Verplaats of hernoem een tekst of bevinding", "Move or rename a text or finding"},
	"move.long": {
		"Geeft een tekst (stories/a) of bevinding (sheets/a#x) een andere plaats of naam. Alles wat ernaar verwijst gaat mee, en het oude\nadres leidt naar het nieuwe. Voorbeelden: leerblad move stories/a stories/b   leerblad move sheets/a#x sheets/b#y",
		"Gives a text (stories/a) or finding (sheets/a#x) another place or name. All that refers to it comes along, and the old address\nleads to the new one. Examples: leerblad move stories/a stories/b   leerblad move sheets/a#x sheets/b#y"},
	"remove": {"Verwijder een tekst of bevinding", "Remove a text or finding"},
	"remove.long": {
		"Verwijdert een tekst met zijn eigen bestanden, of een bevinding, als niets ernaar verwijst. Met --to verwijst wat ernaar verwees naar iets anders.",
		"Removes a text with its own files, or a finding, if nothing refers to it. With --to what referred to it refers to something else."},
	"init":       {"Maak een kleine publicatie om mee te beginnen", "Make a small publication to start from"},
	"newsletter": {"Geef een nieuwsbrief als mail", "Give a newsletter as mail"},
	"newsletter.long": {
		"Schrijft een nieuwsbrief als mail naar de standaarduitvoer. SLUG is de bestandsnaam in newsletters/ zonder .md.\nMet --send-test gaat zij als proef naar de adressen onder newsletter: test: in site.yaml, of naar die u ervan noemt.",
		"Writes a newsletter as mail to standard output. SLUG is the name of its file in newsletters/ without .md.\nWith --send-test it goes as a test to the addresses below newsletter: test: in site.yaml, or to those of them that you name."},
	"help":       {"Uitleg bij een opdracht", "Help about a command"},
	"completion": {"Maak een aanvulscript voor uw shell", "Make a completion script for your shell"},

	"deploy": {"Zet de site op haar plaats", "Send the site to its place"},
	"deploy.long": {
		"Bouwt de site en zet op haar plaats wat veranderd is, zo dat zij steeds werkt. Bij fouten in de teksten wordt niets verstuurd.\nBestanden die leerblad daar niet heeft neergezet blijven zoals ze zijn.",
		"Builds the site and sends to its place what changed, so that it always works. With errors in the texts nothing is sent.\nFiles that leerblad did not put there stay as they are."},
	"flag.deploy-to": {"waar de site komt, zoals s3://emmer/pad of file:///srv/www/site (anders deploy: to in site.yaml)", "where the site goes, such as s3://bucket/path or file:///srv/www/site (else deploy: to in site.yaml)"},
	"flag.yes":       {"vervang ook bestanden die leerblad daar niet heeft neergezet, als ze in de weg staan", "also replace files that leerblad did not put there, where they are in the way"},
	"bad-target": {"dit is geen plaats waar leerblad een site kan neerzetten; schrijf --to of deploy: to in site.yaml als s3://emmer/pad, azure://account/container/pad, sftp://naam@server/pad of file:///pad, zonder wachtwoord erin",
		"this is no place where leerblad can put a site; write --to or deploy: to in site.yaml as s3://bucket/path, azure://account/container/path, sftp://name@server/path or file:///path, without a password in it"},
	"no-target-given":        {"waar moet de site heen? Zet deploy: {to: …} in site.yaml, of geef --to, zoals --to file:///srv/www/site", "where should the site go? Put deploy: {to: …} in site.yaml, or give --to, such as --to file:///srv/www/site"},
	"publish.no-target":      {"er staat nog niet waar de site heen gaat; vul bij Instellingen onder ‘Op de site zetten’ de plaats in", "it does not say yet where the site goes; fill in the place in Settings, under ‘Publish’"},
	"publish.errors":         {"er zitten nog fouten in de teksten; herstel die eerst. Er is niets veranderd op de site", "there are mistakes in the texts; mend those first. Nothing changed on the site"},
	"deploy.waiting":         {"een vorige keer is misschien afgebroken: even kijken of er nog iets bezig is …", "an earlier time was perhaps broken off: looking whether something is still under way …"},
	"deploy.no-credentials":  {"er zijn geen toegangsgegevens gevonden voor deze plaats%s; zet ze in de omgeving of in het bestand waar de aanbieder ze verwacht (zie hosting.md)", "no credentials were found for this place%s; put them into the environment or the file where its provider expects them (see hosting.md)"},
	"deploy.bad-credentials": {"de toegangsgegevens worden niet geaccepteerd%s; kijk na of ze bij deze plaats horen en nog geldig zijn", "the credentials are not accepted%s; look whether they belong to this place and still hold"},
	"deploy.denied":          {"deze toegangsgegevens mogen dit daar niet%s; vraag wie de plaats beheert om lezen, schrijven, lijsten en verwijderen toe te staan", "these credentials may not do this there%s; ask who manages the place to allow reading, writing, listing and deleting"},
	"deploy.clock":           {"de klok van deze machine loopt te ver voor of achter%s; zet haar gelijk, en probeer het opnieuw", "the clock of this machine is too far ahead or behind%s; set it right, and try again"},
	"deploy.no-place":        {"die plaats bestaat niet%s; maak haar eerst, of verbeter het adres", "there is no such place%s; make it first, or mend the address"},
	"deploy.full":            {"daar is geen ruimte meer%s; de site werkt nog. Maak ruimte, en probeer het opnieuw", "there is no space left there%s; the site still works. Make space, and try again"},
	"deploy.unknown-host":    {"deze server is nog niet bekend; zijn sleutel is %s. Klopt die, meld u er dan eenmaal aan met ssh, zodat hij in known_hosts komt", "this server is not known yet; its key is %s. If that is right, log in there once with ssh, so that it comes into known_hosts"},
	"deploy.other-host":      {"deze server heeft een andere sleutel dan in known_hosts staat: %s. Er is niets verstuurd; vraag wie de server beheert of de sleutel is vernieuwd", "this server has another key than known_hosts says: %s. Nothing was sent; ask who manages the server whether the key was renewed"},
	"deploy.unreachable":     {"die plaats is niet te bereiken%s; de site werkt nog. Kijk het adres en de verbinding na, en probeer het opnieuw", "that place cannot be reached%s; the site still works. Check the address and the connection, and try again"},
	"deploy.other":           {"die plaats weigert%s", "that place refuses%s"},
	"deploy.foreign":         {"op de plaats van de site staan bestanden die leerblad daar niet heeft neergezet: %s; er is niets verstuurd. Verplaats of verwijder ze, en probeer het opnieuw", "where the site goes stand files that leerblad did not put there: %s; nothing was sent. Move or remove them, and try again"},
	"deploy.busy":            {"een andere leerblad verstuurt ook een site hierheen; wacht tot die klaar is, en probeer het opnieuw", "another leerblad is sending a site there too; wait until it is done, and try again"},
	"deploy.done":            {"%d verstuurd (%.1f MB), %d verwijderd, %d bewaard: %s", "%d sent (%.1f MB), %d removed, %d kept: %s"},
	"deploy.dry":             {"%d zouden verstuurd worden, %d verwijderd, %d bewaard", "%d would be sent, %d removed, %d kept"},
	"stage.send":             {"versturen", "send"},

	"flag.send-test": {"stuur haar als proef, ook een concept, in plaats van haar te schrijven", "send it as a test, a draft too, in place of writing it"},
	"test.sent":      {"proefmail verstuurd aan %s", "test mail sent to %s"},
	"test.not-sent":  {"niet verstuurd aan %s: %s", "not sent to %s: %s"},
	"test.errors":    {"er zitten nog fouten in deze nieuwsbrief; herstel die eerst. Er is niets verstuurd", "there are mistakes in this newsletter; mend those first. Nothing was sent"},
	"test.no-server": {"er staat nog niet welke mailserver proefmail verstuurt; zet newsletter: {smtp: {host: …, user: …}} in site.yaml", "it does not say yet which mail server sends test mail; put newsletter: {smtp: {host: …, user: …}} in site.yaml"},
	"test.no-addresses": {"er staat nog niet wie proefmail krijgt; zet de adressen onder newsletter: {test: […]} in site.yaml",
		"it does not say yet who gets test mail; put the addresses below newsletter: {test: […]} in site.yaml"},
	"test.unlisted":  {"%s staat niet onder newsletter: test: in site.yaml; proefmail gaat alleen daarheen. Er is niets verstuurd", "%s is not below newsletter: test: in site.yaml; test mail goes there alone. Nothing was sent"},
	"test.no-sender": {"er staat nog niet van wie de mail komt; zet from: onder newsletter: in site.yaml", "it does not say yet whom the mail is from; put from: below newsletter: in site.yaml"},
	"test.no-password": {"er is een gebruiker maar geen wachtwoord; zet het voor deze opdracht in de omgeving als LEERBLAD_SMTP_PASSWORD, nooit in een bestand",
		"there is a user but no password; put it into the environment of this command as LEERBLAD_SMTP_PASSWORD, never in a file"},
	"test.unknown-host": {"er is geen mailserver met die naam%s; kijk host: onder newsletter: smtp: in site.yaml na", "there is no mail server of that name%s; check host: below newsletter: smtp: in site.yaml"},
	"test.unreachable":  {"de mailserver is niet te bereiken%s; kijk naam, poort en verbinding na", "the mail server cannot be reached%s; check its name, port and the connection"},
	"test.timeout":      {"de mailserver antwoordt niet op tijd%s; kijk de poort na, of probeer het later opnieuw", "the mail server does not answer in time%s; check the port, or try again later"},
	"test.no-tls": {"de mailserver versleutelt de verbinding niet%s, en zonder dat gaat er niets heen; probeer poort 587 of 465, of vraag wie hem beheert",
		"the mail server does not encrypt the connection%s, and without that nothing goes there; try port 587 or 465, or ask who manages it"},
	"test.certificate": {"het certificaat van de mailserver klopt niet%s, dus is niet zeker dat hij het is; er is niets verstuurd. Kijk host: na, of vraag wie hem beheert",
		"the mail server’s certificate is wrong%s, so it is not certain that this is it; nothing was sent. Check host:, or ask who manages it"},
	"test.no-auth":        {"de mailserver kent geen manier van aanmelden die leerblad kent%s", "the mail server knows no way to log in that leerblad knows%s"},
	"test.needs-password": {"de mailserver wil dat u zich aanmeldt%s; zet user: onder newsletter: smtp: en het wachtwoord in LEERBLAD_SMTP_PASSWORD", "the mail server wants you to log in%s; put user: below newsletter: smtp: and the password into LEERBLAD_SMTP_PASSWORD"},
	"test.bad-password":   {"de mailserver kent deze gebruiker met dit wachtwoord niet%s; kijk user: in site.yaml en LEERBLAD_SMTP_PASSWORD na", "the mail server does not know this user with this password%s; check user: in site.yaml and LEERBLAD_SMTP_PASSWORD"},
	"test.sender":         {"de mailserver neemt geen mail aan van deze afzender%s; zet onder newsletter: smtp: een from: die wel mag", "the mail server takes no mail of this sender%s; put a from: below newsletter: smtp: that is allowed"},
	"test.recipient":      {"de mailserver neemt voor dit adres geen mail aan%s", "the mail server takes no mail for this address%s"},
	"test.too-large":      {"de mail is te groot voor deze server%s", "the mail is too large for this server%s"},
	"test.refused":        {"de mailserver weigert de mail%s", "the mail server refuses the mail%s"},

	"flag.lang":      {"taal van de meldingen: nl of en (anders die van de publicatie)", "language of messages: nl or en (else the publication's)"},
	"flag.help":      {"toon deze uitleg", "show this help"},
	"flag.content":   {"map met teksten", "folder of texts"},
	"flag.output":    {"map waarin de site komt", "folder that the site is written to"},
	"flag.pdf":       {"maak van elke sheet een PDF, of (--pdf=false) geen (anders pdf in site.yaml)", "make a PDF of each sheet, or (--pdf=false) none (else pdf in site.yaml)"},
	"flag.theme":     {"map met een eigen thema, over het gewone heen", "folder of a theme, laid over the default one"},
	"flag.base-url":  {"adres van de site, in plaats van url in site.yaml", "address of the site, instead of url in site.yaml"},
	"flag.drafts":    {"neem concepten mee", "include drafts"},
	"flag.published": {"alleen teksten die nu gepubliceerd worden", "only texts that are published now"},
	"flag.due":       {"toon alleen de eerstvolgende dag waarop de site vanzelf verandert (jjjj-mm-dd)", "print only the next day on which the site changes by itself (yyyy-mm-dd)"},
	"flag.future":    {"neem teksten met een latere datum mee", "include texts with a later date"},
	"flag.now":       {"bouw alsof het deze dag is (jjjj-mm-dd)", "build as if it were this day (yyyy-mm-dd)"},
	"flag.json":      {"meldingen als JSON, een per regel", "diagnostics as JSON, one a line"},
	"flag.fix":       {"herstel in de teksten alles waarbij niets te kiezen is", "mend in the texts all that leaves nothing to choose"},
	"flag.dry-run":   {"toon wat --fix zou doen, en schrijf niets", "show what --fix would do, and write nothing"},
	"flag.address":   {"adres van de voorvertoning; een ander dan van deze computer zelf geeft anderen met de sleutel toegang", "address of the preview; any but this machine's own lets others in who have the key"},
	"flag.poll":      {"kijk zelf naar wijzigingen, voor netwerkschijven", "look for changes by polling, for network drives"},
	"flag.editor":    {"link die een plek in de redactie-omgeving opent, zoals vscode://file/{file}:{line}", "link that opens a place in your editor, such as vscode://file/{file}:{line}"},
	"flag.format":    {"wat: %s", "what: %s"},
	"flag.profile":   {"verzendprogramma, in plaats van dat in site.yaml: %s", "sending tool, instead of the one in site.yaml: %s"},
	"flag.open":      {"open de browser", "open the browser"},

	"ease.good":   {"leest goed (%d)", "reads well (%d)"},
	"ease.fair":   {"leest vrij moeilijk (%d)", "rather hard to read (%d)"},
	"ease.hard":   {"leest moeilijk (%d)", "hard to read (%d)"},
	"bug":         {"er ging iets mis in leerblad zelf (%v); meld dit met de tekst waarbij het gebeurt", "something went wrong in leerblad itself (%v); please report it with the text that causes it"},
	"foreign":     {"deze bestanden in de uitvoermap zijn niet door leerblad gemaakt, of daarna gewijzigd: %s\n  verplaats ze of gooi ze weg, of kies een andere map met --output; een map die een eerdere versie van leerblad vulde, kan leeg", "these files in the output folder were not made by leerblad, or were changed since: %s\n  move or delete them, or choose another folder with --output; a folder that an earlier version of leerblad filled can be emptied"},
	"kept":        {"deze bestanden in %s horen niet meer bij de site, maar blijven staan, want ze zijn niet zoals leerblad ze schreef: %s\n  verplaats ze of gooi ze weg", "these files in %s no longer belong to the site, but stay, for they are not as leerblad wrote them: %s\n  move or delete them"},
	"and-more":    {" en nog %d", " and %d more"},
	"stopped":     {"afgebroken; er is niets gewijzigd", "stopped; nothing was changed"},
	"busy":        {"een andere leerblad schrijft nog in %s\n  wacht tot die klaar is en probeer het opnieuw", "another leerblad is still writing in %s\n  wait until it is done and try again"},
	"no-target":   {"%s verwijst naar een map die niet bestaat\n  maak die map, of haal de verwijzing weg", "%s links to a folder that does not exist\n  make that folder, or remove the link"},
	"not-regular": {"%s is geen gewoon bestand\n  haal het weg en probeer het opnieuw", "%s is not an ordinary file\n  remove it and try again"},
	"not-folder":  {"%s is geen map", "%s is not a folder"},
	"not-found":   {"%s bestaat niet", "%s does not exist"},
	"pdf.no-browser": {"voor PDF's is een Chromium, Chrome of Edge nodig, en die staat niet op deze computer\n  installeer er een: sudo apt install chromium (Debian, Ubuntu), sudo dnf install chromium (Fedora)\n  staat hij ergens anders, zet dan zijn pad in %s; of bouw met --pdf=false",
		"PDFs take a Chromium, Chrome or Edge, and there is none on this computer\n  install one: sudo apt install chromium (Debian, Ubuntu), sudo dnf install chromium (Fedora)\n  where it is elsewhere, put its path in %s; or build with --pdf=false"},
	"pdf.no-browser.darwin": {"voor PDF's is Chrome, Edge of Chromium nodig, en die staat niet op deze computer\n  installeer Chrome van google.com/chrome, of: brew install --cask chromium\n  staat hij ergens anders, zet dan zijn pad in %s; of bouw met --pdf=false",
		"PDFs take Chrome, Edge or Chromium, and there is none on this computer\n  install Chrome from google.com/chrome, or: brew install --cask chromium\n  where it is elsewhere, put its path in %s; or build with --pdf=false"},
	"pdf.no-browser.windows": {"voor PDF's is Edge of Chrome nodig, en die staat niet op deze computer\n  installeer Edge of Chrome; staat hij ergens anders, zet dan zijn pad in %s; of bouw met --pdf=false",
		"PDFs take Edge or Chrome, and there is none on this computer\n  install Edge or Chrome; where it is elsewhere, put its path in %s; or build with --pdf=false"},
	"pdf.slow":       {"de PDF van %s is niet gemaakt: de browser antwoordt niet; er is niets gewijzigd\n  probeer het opnieuw, of bouw met --pdf=false", "the PDF of %s was not made: the browser does not answer; nothing was changed\n  try again, or build with --pdf=false"},
	"pdf.ended":      {"de PDF van %s is niet gemaakt: de browser is ermee opgehouden; er is niets gewijzigd\n  probeer het opnieuw, of bouw met --pdf=false", "the PDF of %s was not made: the browser ended; nothing was changed\n  try again, or build with --pdf=false"},
	"pdf.failed":     {"de PDF van %s is niet gemaakt: %v", "the PDF of %s was not made: %v"},
	"disk-full":      {"de schijf is vol: geen plaats voor %s\n  maak ruimte vrij (ook het aantal bestanden op een schijf kan op zijn) en probeer het opnieuw", "the disk is full: no room for %s\n  free some space (a disk can also run out of files) and try again"},
	"read-only":      {"%s staat op een schijf die alleen gelezen kan worden", "%s is on a disk that can only be read"},
	"protected":      {"%s is beveiligd tegen schrijven; er is niets gewijzigd\n  haal de beveiliging eraf en probeer het opnieuw", "%s is write-protected; nothing was changed\n  take the protection off and try again"},
	"link":           {"%s is een koppeling naar elders; er is niets gewijzigd\n  zet het bestand zelf in de map", "%s is a link to elsewhere; nothing was changed\n  put the file itself in the folder"},
	"taken":          {"%s staat in de weg\n  zet het elders en probeer het opnieuw", "%s is in the way\n  move it elsewhere and try again"},
	"changed":        {"%s is intussen gewijzigd; probeer het opnieuw", "%s has been changed meanwhile; try again"},
	"journal":        {"een wijziging die werd afgebroken is niet af te maken, want %s klopt niet meer\n  verborgen bestanden .leerblad-edit-… in de map zijn de teksten zoals ze waren (.old) en zouden worden (.new); zet terug wat ontbreekt, en gooi daarna .leerblad-edit weg", "a change that was broken off cannot be completed, for %s is damaged\n  hidden files .leerblad-edit-… in the folder are the texts as they were (.old) and were to be (.new); put back what is missing, then delete .leerblad-edit"},
	"no-permission":  {"geen toegang tot %s", "no access to %s"},
	"bad-day":        {"--now %q is geen dag in de vorm jjjj-mm-dd", "--now %q is no day in the form yyyy-mm-dd"},
	"bad-url":        {"--base-url %q is geen volledig webadres; schrijf het met https:// ervoor", "--base-url %q is no complete web address; write it with https:// in front"},
	"bad-lang":       {"--lang %q: kies nl of en", "--lang %q: choose nl or en"},
	"bad-choice":     {"--%s %q: kies uit %s", "--%s %q: choose from %s"},
	"bad-issue":      {"er is geen nieuwsbrief %q; er zijn: %s", "there is no newsletter %q; there are: %s"},
	"no-issues":      {"er zijn geen nieuwsbrieven; concepten gaan mee met --drafts, latere met --future", "there are no newsletters; drafts come with --drafts, later ones with --future"},
	"meant":          {"; bedoelde u %s?", "; did you mean %s?"},
	"bad-editor":     {"--editor %q: geef een link met {file} en zo nodig {line}, zoals vscode://file/{file}:{line}", "--editor %q: give a link with {file} and {line} where needed, such as vscode://file/{file}:{line}"},
	"bad-kind":       {"onbekende soort %q; kies uit: %s", "unknown kind %q; choose from: %s"},
	"bad-title":      {"van titel %q is geen bestandsnaam te maken", "no file name can be made from title %q"},
	"exists":         {"%s bestaat al", "%s exists already"},
	"mixed":          {"de site in %s zou door de teksten in %s heen komen; kies met --output een andere map", "the site in %s would get mixed with the texts in %s; choose another folder with --output"},
	"no-publication": {"%s bestaat niet; ga eerst naar de map van uw publicatie, of maak er een met leerblad init", "%s does not exist; go to your publication's folder first, or make one with leerblad init"},
	"flag.today":     {"neem deze dag (jjjj-mm-dd) in plaats van vandaag", "take this day (yyyy-mm-dd) instead of today"},
	"restless":       {"in de map blijven bestanden veranderen terwijl leerblad haar leest; wacht tot alles is opgeslagen of gekopieerd, en probeer het opnieuw", "files in the folder keep changing while leerblad reads it; wait until all is saved or copied, and try again"},
	"not-empty":      {"%s is niet leeg", "%s is not empty"},

	"flag.to":          {"waar alles wat hiernaar verwijst voortaan naar verwijst, en het adres heen leidt", "what all that refers to this refers to from now on, and the address leads to"},
	"flag.force":       {"verwijder ook als er naar verwezen wordt; die verwijzingen zijn dan fout", "remove even if it is referred to; those references are then errors"},
	"flag.no-alias":    {"laat het oude adres vervallen", "let the old address go"},
	"flag.dry":         {"toon wat er zou gebeuren, en schrijf niets", "show what would happen, and write nothing"},
	"flag.json-change": {"wat er gebeurt als JSON", "what happens as JSON"},

	"referred.flags":  {"; geef met --to waar dat heen moet, of verwijder toch met --force", "; give with --to where that should go, or remove anyway with --force"},
	"move.done":       {"%s heet nu %s", "%s is now %s"},
	"move.done.dry":   {"%s zou %s worden", "%s would be %s"},
	"remove.done":     {"%s is verwijderd", "%s is removed"},
	"remove.done.dry": {"%s zou verwijderd worden", "%s would be removed"},
	"removed":         {"verwijderd", "removed"},
	"rewritten.1":     {"1 verwijzing aangepast", "1 reference changed"},
	"rewritten":       {"%d verwijzingen aangepast", "%d references changed"},
	"leads":           {"wat blijft werken: %s", "what still works: %s"},

	"stage.read":        {"lezen", "read"},
	"stage.parse":       {"ontleden", "parse"},
	"stage.assemble":    {"verbinden", "assemble"},
	"stage.media":       {"beeld", "media"},
	"stage.plan":        {"indelen", "plan"},
	"stage.unpublished": {"overige", "others"},
	"stage.render":      {"opmaken", "render"},
	"stage.print":       {"PDF's", "PDFs"},
	"stage.write":       {"schrijven", "write"},

	"summary":        {"%d teksten → %d pagina's, %d bestanden in %s (%d nieuw of gewijzigd, %d verwijderd)", "%d texts → %d pages, %d files in %s (%d new or changed, %d removed)"},
	"clean":          {"%d teksten, geen fouten", "%d texts, no errors"},
	"problems":       {"%s, %s", "%s, %s"},
	"error.1":        {"1 fout", "1 error"},
	"error":          {"%d fouten", "%d errors"},
	"warning.1":      {"1 waarschuwing", "1 warning"},
	"warning":        {"%d waarschuwingen", "%d warnings"},
	"draft.1":        {"1 concept", "1 draft"},
	"draft":          {"%d concepten", "%d drafts"},
	"expired.1":      {"1 verlopen", "1 expired"},
	"expired":        {"%d verlopen", "%d expired"},
	"left-out":       {"weggelaten: %s", "left out: %s"},
	"left-out.until": {"%d tot %s", "%d until %s"},
	"left-out.later": {"%d tot later", "%d until later"},
	"due":            {"de site verandert vanzelf op %s (%s): bouw haar dan opnieuw", "the site changes by itself on %s (%s): build it again then"},
	"due.appear.1":   {"1 tekst verschijnt", "1 text appears"},
	"due.appear":     {"%d teksten verschijnen", "%d texts appear"},
	"due.expire.1":   {"1 tekst verloopt", "1 text expires"},
	"due.expire":     {"%d teksten verlopen", "%d texts expire"},
	"due.security":   {"security.txt verloopt", "security.txt expires"},
	"unpublished":    {"niets geschreven; de vorige site staat er nog", "nothing written; the previous site is still there"},
	"serving":        {"De site staat op %s (stoppen met Ctrl+C)", "The site is at %s (stop with Ctrl+C)"},
	"desk-at":        {"Het bureau staat op %s (stoppen met Ctrl+C, of met Stoppen op de pagina)", "The desk is at %s (stop with Ctrl+C, or with Stop on the page)"},
	"serving.or":     {"  of op %s", "  or at %s"},
	"exposed": {"let op: andere computers kunnen bij deze voorvertoning. Wie een adres hieronder heeft, met de sleutel erin, ziet alles wat hier te zien is, met --drafts ook concepten; wie het netwerk afluistert, leest mee. Geef het adres alleen aan wie het mag hebben.",
		"note: other machines can reach this preview. Whoever has an address below, with the key in it, sees all that is shown here, with --drafts also drafts; who listens in on the network reads along. Give the address only to those who may have it."},
	"moved":   {"poort bezet, daarom een andere", "port taken, therefore another one"},
	"rebuilt": {"%s  bijgewerkt in %s", "%s  updated in %s"},
	"broken":  {"%s  %s; de vorige site blijft staan", "%s  %s; the previous site stays"},
	"made":    {"Gemaakt: %s\nVerder met:\n  cd %q\n  leerblad watch --open", "Made: %s\nNext:\n  cd %q\n  leerblad watch --open"},

	"import": {"Maak teksten van Word-bestanden, bewaarde pagina's en tabellen", "Make texts of Word files, saved pages and tables"},
	"import.long": {
		"Maakt van elk bestand (.docx, .odt, .html, .xlsx, .csv, .txt, .md) een tekst, als concept, met de afbeeldingen ernaast.\nElk woord blijft staan. Wat niet zeker is, zoals wat een teken voor een punt betekent, wordt gevraagd.",
		"Makes of each file (.docx, .odt, .html, .xlsx, .csv, .txt, .md) a text, as a draft, with its pictures beside it.\nEvery word stays. What is not certain, such as what a sign before an item means, is asked."},
	"flag.kind":            {"soort tekst die het wordt (anders sheets): %s", "kind of text that it becomes (else sheets): %s"},
	"flag.import-to":       {"map of .md-bestand waarin de tekst komt", "folder or .md file that the text is written to"},
	"flag.signs":           {"wat tekens voor punten betekenen, zoals '⊕=+ ☺=!'; kies uit + ! ~ - ?", "what signs before items mean, such as '⊕=+ ☺=!'; choose from + ! ~ - ?"},
	"flag.date":            {"datum van de tekst (jjjj-mm-dd)", "date of the text (yyyy-mm-dd)"},
	"flag.title":           {"titel van de tekst", "title of the text"},
	"flag.unnumber":        {"haal getypte nummers weg voor koppen", "take typed numbers away before headings"},
	"flag.recommendations": {"maak van lijsten met aanbevelingen eigen teksten in recommendations/", "make of lists of recommendations texts of their own in recommendations/"},
	"flag.import-dry-run":  {"toon de tekst en schrijf niets", "show the text and write nothing"},
	"flag.import-json":     {"per bestand een regel JSON, met vragen en meldingen", "a line of JSON for each file, with questions and messages"},
	"import.contributed":   {"een ingestuurd verhaal wordt een praktijkverhaal; laat --kind weg", "a contributed story becomes a practice story; leave --kind out"},
	"import.taken":         {"%s bestaat al; kies met --to een andere naam, zoals --to %s", "%s exists already; choose another name with --to, such as --to %s"},
	"several-files":        {"--title en --to met een .md-bestand gaan over één bestand; geef de bestanden een voor een", "--title and --to with an .md file are about one file; give the files one by one"},
	"bad-date":             {"--date %q is geen dag in de vorm jjjj-mm-dd", "--date %q is no day in the form yyyy-mm-dd"},
	"bad-signs":            {"--signs: %q; schrijf teken=betekenis, zoals '⊕=+ ☺=!', met een betekenis uit + ! ~ - ?", "--signs: %q; write sign=meaning, such as '⊕=+ ☺=!', with a meaning from + ! ~ - ?"},
	"question":             {"vraag:", "question:"},
	"answer":               {"antwoord met %s", "answer with %s"},
	"answer-signs":         {"  antwoord met --signs '%s', met op de puntjes + (dit werkt), ! (aandachtspunt), ~ (wisselend beeld), - (leverde niet op) of ? (vraag)", "  answer with --signs '%s', for the dots one of + (works), ! (attention), ~ (mixed), - (did not deliver) or ? (question)"},

	"lsp": {"Help bij het schrijven in een ander programma (Language Server Protocol)", "Help while writing in another program (Language Server Protocol)"},
	"lsp.long": {
		"Wordt gestart door een programma om teksten in te schrijven, zoals Neovim, Helix, Zed, Kate of VS Code, en praat daarmee over standaardin- en -uitvoer:\nfouten en hun herstel, aanvullen, uitleg, verwijzingen en hernoemen. Hoe dat in te stellen is, staat in internal/docs/editors.md.",
		"Is started by a program to write texts in, such as Neovim, Helix, Zed, Kate or VS Code, and talks with it over standard input and output:\nmistakes and their fixes, completion, explanations, references and renaming. internal/docs/editors.md says how to set it up."},
	"flag.lsp-content":  {"map met teksten (anders die in de map die het programma open heeft)", "folder of texts (else that in the folder which the program has open)"},
	"no-publication-in": {"in %s staat geen publicatie; open de map van uw publicatie, of geef haar met --content", "there is no publication in %s; open your publication's folder, or give it with --content"},
	"several-folders":   {"leerblad werkt aan één publicatie tegelijk; open alleen de map daarvan", "leerblad works on one publication at a time; open its folder alone"},

	"version":           {"Toon welke versie dit is", "Show which version this is"},
	"version.long":      {"Toont de versie, de commit waarvan dit programma gemaakt is met haar datum, en de versie van Go.", "Shows the version, the commit that this program was made of with its date, and the version of Go."},
	"version.commit":    {"commit %s van %s", "commit %s of %s"},
	"version.changed":   {", met wijzigingen", ", with changes"},
	"flag.version-json": {"de versie als JSON", "the version as JSON"},

	"man":             {"Toon de handleiding voor man", "Show the manual page for man"},
	"man.name":        {"NAAM", "NAME"},
	"man.synopsis":    {"OVERZICHT", "SYNOPSIS"},
	"man.call":        {"opdracht [opties]", "command [flags]"},
	"man.description": {"BESCHRIJVING", "DESCRIPTION"},
	"man.flags":       {"OPTIES", "OPTIONS"},
	"man.commands":    {"OPDRACHTEN", "COMMANDS"},

	"usage": {usageTemplate("Gebruik", "opdracht", "Opdrachten", "Opties", "Algemene opties", "Meer over een opdracht"),
		usageTemplate("Usage", "command", "Commands", "Flags", "Global flags", "More about a command")},
}

// usageTemplate is cobra's template of a command's usage, with these headings.
func usageTemplate(usage, command, commands, flags, global, more string) string {
	return usage + `:
  {{if .HasAvailableSubCommands}}{{.CommandPath}} [` + command + `]{{else}}{{.UseLine}}{{end}}
{{if .HasAvailableSubCommands}}
` + commands + `:{{range .Commands}}{{if (or .IsAvailableCommand (eq .Name "help"))}}
  {{rpad .Name .NamePadding }} {{.Short}}{{end}}{{end}}
{{end}}{{if .HasAvailableLocalFlags}}
` + flags + `:
{{.LocalFlags.FlagUsages | trimTrailingWhitespaces}}
{{end}}{{if .HasAvailableInheritedFlags}}
` + global + `:
{{.InheritedFlags.FlagUsages | trimTrailingWhitespaces}}
{{end}}{{if .HasAvailableSubCommands}}
` + more + `: {{.CommandPath}} [` + command + `] --help
{{end}}`
}

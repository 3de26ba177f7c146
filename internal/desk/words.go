package desk

import (
	"fmt"

	"leerblad/internal/diag"
)

// say gives the words of a code.
func say(l diag.Language, code string, args ...any) string {
	text := texts[code].In(l)
	if len(args) == 0 {
		return text
	}
	return fmt.Sprintf(text, args...)
}

// texts holds what the desk's server says to people.
var texts = map[string]diag.Phrase{
	"not-found":       {NL: "dit is er niet", EN: "there is no such thing"},
	"method":          {NL: "dat kan hier niet; wel: %s", EN: "that cannot be done here; this can: %s"},
	"elsewhere":       {NL: "hier kunt u alleen lezen; schrijven kan op de computer waar leerblad draait, op http://127.0.0.1", EN: "here you can only read; writing is possible on the computer that runs leerblad, at http://127.0.0.1"},
	"foreign":         {NL: "dit kwam van een andere website, en is niet gedaan", EN: "this came from another website, and was not done"},
	"token":           {NL: "leerblad is opnieuw gestart; laad deze pagina opnieuw", EN: "leerblad was started anew; load this page again"},
	"bad-name":        {NL: "zo kan een bestand niet heten: %s", EN: "a file cannot be called this: %s"},
	"bad-kind":        {NL: "%q is geen soort tekst; kies uit: %s", EN: "%q is no kind of text; choose from: %s"},
	"bad-title":       {NL: "van deze titel is geen bestandsnaam te maken", EN: "no file name can be made from this title"},
	"bad-request":     {NL: "deze vraag is niet te begrijpen", EN: "this request cannot be understood"},
	"bad-type":        {NL: "dit moet van een ander type zijn: %s", EN: "this must be of another type: %s"},
	"bad-date":        {NL: "%q is geen dag in de vorm jjjj-mm-dd", EN: "%q is no day in the form yyyy-mm-dd"},
	"bad-signs":       {NL: "%q kan geen betekenis zijn; kies uit + ! ~ - ?", EN: "%q cannot be a meaning; choose from + ! ~ - ?"},
	"no-text":         {NL: "dit is geen tekst van een publicatie; dat zijn .md, .vtt en site.yaml", EN: "this is no text of a publication; those are .md, .vtt and site.yaml"},
	"no-medium":       {NL: "%s is van een soort die een publicatie niet heeft", EN: "%s is of a kind that a publication does not have"},
	"bad-picture":     {NL: "%s", EN: "%s"},
	"not-utf8":        {NL: "deze tekst is geen UTF-8", EN: "this text is not UTF-8"},
	"same-name":       {NL: "er is al %s, dat alleen in hoofdletters of accenten verschilt", EN: "there is %s already, which differs in capitals or accents only"},
	"too-large":       {NL: "dit is te groot: hoogstens %d MB", EN: "this is too large: at most %d MB"},
	"too-many":        {NL: "dit zijn er te veel tegelijk: hoogstens %d", EN: "these are too many at once: at most %d"},
	"no-version":      {NL: "er staat niet bij welke versie dit vervangt", EN: "it does not say which version this replaces"},
	"changed":         {NL: "er staat een andere versie op schijf; er is niets bewaard", EN: "there is another version on disk; nothing was saved"},
	"gone":            {NL: "deze tekst is er niet meer; er is niets bewaard", EN: "this text is not there any more; nothing was saved"},
	"exists":          {NL: "deze tekst is er al; er is niets bewaard", EN: "this text is there already; nothing was saved"},
	"taken":           {NL: "%s is er al", EN: "%s is there already"},
	"link":            {NL: "dit is een koppeling naar elders; er is niets gewijzigd", EN: "this is a link to elsewhere; nothing was changed"},
	"read-only":       {NL: "dit is beveiligd tegen schrijven; er is niets gewijzigd", EN: "this is write-protected; nothing was changed"},
	"restless":        {NL: "een ander schrijft in de map; probeer het opnieuw", EN: "somebody else is writing in the folder; try again"},
	"unread":          {NL: "de gegevens van deze tekst zijn niet te lezen; herstel die eerst", EN: "the data of this text cannot be read; mend it first"},
	"disk-full":       {NL: "de schijf is vol; er is niets bewaard", EN: "the disk is full; nothing was saved"},
	"failed":          {NL: "het lukte niet: %s", EN: "it failed: %s"},
	"one-text":        {NL: "geef één tekst tegelijk, met haar afbeeldingen", EN: "give one text at a time, with its pictures"},
	"whole-text":      {NL: "een ingestuurd verhaal is een tekst van zichzelf; maak er een nieuwe tekst van", EN: "a contributed story is a text of its own; make a new text of it"},
	"nothing":         {NL: "er is niets meegegeven", EN: "nothing was given"},
	"busy":            {NL: "er zijn te veel pagina’s van het bureau open", EN: "too many pages of the desk are open"},
	"busy-import":     {NL: "er wordt al een bestand gelezen; probeer het zo opnieuw", EN: "a file is being read already; try again in a moment"},
	"busy-publish":    {NL: "de site wordt al op haar plaats gezet", EN: "the site is being published already"},
	"busy-test":       {NL: "er wordt al iets verstuurd; probeer het zo opnieuw", EN: "something is being sent already; try again in a moment"},
	"untested":        {NL: "%s", EN: "%s"},
	"unsaved":         {NL: "er zijn teksten die nog niet bewaard zijn; bewaar die eerst", EN: "there are texts that are not saved yet; save those first"},
	"no-name":         {NL: "vul in wie haar goedkeurt", EN: "fill in who approves of it"},
	"wrong-mail":      {NL: "er zitten nog fouten in deze nieuwsbrief; herstel die eerst", EN: "there are mistakes in this newsletter; mend those first"},
	"other-mail":      {NL: "de mail is intussen veranderd; kijk haar eerst na", EN: "the mail has changed meanwhile; look it over first"},
	"is-draft":        {NL: "deze nieuwsbrief is nog een concept; haal dat eerst weg en zet de site op haar plaats", EN: "this newsletter is still a draft; take that away first and publish the site"},
	"unpublished":     {NL: "%s", EN: "%s"},
	"no-socket":       {NL: "dit adres is voor WebSockets", EN: "this address is for WebSockets"},
	"unkept":          {NL: "versies konden niet bewaard worden (%s): is .leerblad een gewone map, en is er ruimte op de schijf?", EN: "versions could not be kept (%s): is .leerblad a plain folder, and is there room on the disk?"},
	"no-git":          {NL: "deze publicatie staat niet in git, of git is niet geïnstalleerd", EN: "this publication is not in git, or git is not installed"},
	"git-owner":       {NL: "git leest deze map niet, want zij is van een andere gebruiker; als u die vertrouwt, geef dan in een terminal: %s", EN: "git does not read this folder, because it is another user’s; if you trust it, enter this in a terminal: %s"},
	"no-remote":       {NL: "git weet nog niet waar deze publicatie gedeeld wordt; geef in een terminal: git remote add origin ADRES", EN: "git does not know yet where this publication is shared; enter this in a terminal: git remote add origin ADDRESS"},
	"which-remote":    {NL: "git kent meer plaatsen waar deze publicatie gedeeld kan worden; kies er een in een terminal: git push --set-upstream NAAM HEAD", EN: "git knows several places where this publication may be shared; choose one in a terminal: git push --set-upstream NAME HEAD"},
	"bad-message":     {NL: "schrijf in een zin wat er veranderd is", EN: "write in a sentence what has changed"},
	"git-failed":      {NL: "git deed het niet: %s", EN: "git did not do it: %s"},
	"git-time":        {NL: "git deed er te lang over; probeer het opnieuw, of doe het in een terminal", EN: "git took too long; try again, or do it in a terminal"},
	"nothing-changed": {NL: "er is niets veranderd sinds de laatste keer", EN: "nothing has changed since the last time"},
	"uncommitted":     {NL: "er zijn teksten gewijzigd; leg die eerst vast", EN: "there are changed texts; commit those first"},
	"other-conflict":  {NL: "u en een ander veranderden hetzelfde, en niet alleen woorden; los het op met git in een terminal. Er is niets gewijzigd", EN: "you and somebody else changed the same, and not words alone; solve it with git in a terminal. Nothing was changed"},
	"picture":         {NL: "afbeelding", EN: "picture"},
	"file":            {NL: "bestand", EN: "file"},
}

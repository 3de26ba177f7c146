package frontmatter

import (
	"slices"
	"strings"

	"leerblad/internal/diag"
	"leerblad/internal/source"
)

// dutch gives the key that a Dutch word stands for; keys are English, editors think in their own words.
var dutch = map[string]string{
	"titel": "title", "samenvatting": "summary", "datum": "date", "bijgewerkt": "updated", "wijzigingen": "changes",
	"thema": "topics", "themas": "topics", "thema's": "topics", "onderwerpen": "topics", "tags": "topics",
	"regio": "regions", "regios": "regions", "regio's": "regions", "auteur": "authors", "auteurs": "authors",
	"afbeelding": "image", "foto": "image", "beeld": "image", "concept": "draft", "verloopt": "expires",
	"volgorde": "order", "nummer": "number", "periode": "period", "bronnen": "sources", "bron": "sources", "rapport": "report",
	"onderbouwing": "evidence", "bewijs": "evidence", "doelgroep": "audience", "uitkomst": "outcome", "resultaat": "outcome",
	"lessen": "lessons", "soort": "type", "bestand": "file", "gemeente": "municipality", "centrumgemeente": "municipality",
	"namen": "names", "tegel": "tile", "onderwerp": "subject", "bijschrift": "caption", "ondertiteling": "captions",
	"citaat": "quote", "persoon": "person", "taal": "language", "omschrijving": "description", "adres": "address",
	"naam": "name", "navigatie": "navigation", "nieuwsbrief": "newsletter", "notitie": "note",
}

// meantKey gives the known key that an unknown one probably stands for, or "". It is sure where no other could be meant.
func meantKey(key string, known []string) (meant string, sure bool) {
	if k := dutch[strings.ToLower(key)]; slices.Contains(known, k) {
		return k, true
	}
	return diag.Nearest(key, known), diag.Only(key, known) != ""
}

// dutchValues gives the value that a Dutch word stands for, as dutch does for keys.
var dutchValues = map[string]string{
	"goed": "worked", "werkt": "worked", "werkte": "worked", "gelukt": "worked", "geslaagd": "worked",
	"wisselend": "mixed", "gemengd": "mixed", "deels": "mixed", "mislukt": "failed", "niet gelukt": "failed", "slecht": "failed",
	"loopt": "ongoing", "loopt nog": "ongoing", "lopend": "ongoing", "bezig": "ongoing",
	"een": "one", "één": "one", "1": "one", "sommige": "some", "enkele": "some", "veel": "many", "vele": "many", "meeste": "most", "alle": "all",
	"film": "video", "filmpje": "video", "foto": "image", "afbeelding": "image", "geluid": "audio", "podcast": "audio",
	"infografiek": "infographic", "artikel": "article", "citaat": "testimonial", "ervaring": "testimonial",
	"tussenevaluatie": "interim-evaluation", "tussentijdse evaluatie": "interim-evaluation", "voortgangsrapportage": "progress-report",
	"voortgangsrapport": "progress-report", "voortgang": "progress-report", "regionale evaluatie": "regional-evaluation",
	"leeragenda": "learning-agenda", "actieplan": "action-plan", "verantwoordingsmodel": "accountability-model", "overig": "other", "anders": "other",
	"nederlands": "nl", "dutch": "nl", "engels": "en", "english": "en",
}

// BadChoice says that a word is none of the values that a key can have, and which of them was probably meant.
func BadChoice(word, key string, values []string, span source.Span) diag.Diagnostic {
	near := dutchValues[strings.ToLower(word)]
	if !slices.Contains(values, near) {
		near = diag.Nearest(word, values)
	}
	return diag.Diagnostic{Code: "bad-choice", Span: span, Args: []any{word, key, strings.Join(values, ", ")}, Suggest: near}.Guessed(word)
}

package frontmatter

import (
	"slices"
	"strings"

	"leerblad/internal/diag"
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

// meantKey gives the known key that an unknown one probably stands for, or "".
func meantKey(key string, known []string) string {
	if k := dutch[strings.ToLower(key)]; slices.Contains(known, k) {
		return k
	}
	return diag.Nearest(key, known)
}

package refactor

import (
	"fmt"
	"slices"

	"leerblad/internal/diag"
)

// Text says in words why there is no plan.
func (r *Refusal) Text(l diag.Language) string {
	args := slices.Clone(r.Args)
	for i, a := range args {
		if phrase, ok := a.(diag.Phrase); ok {
			args[i] = phrase.In(l)
		}
	}
	text := refusals[r.Why].In(l)
	if len(args) == 0 {
		return text
	}
	return fmt.Sprintf(text, args...)
}

// refusals holds the words of each Why.
var refusals = map[Why]diag.Phrase{
	NoReference: {NL: "%q is geen verwijzing: schrijf soort/naam, zoals stories/tiel, of soort/naam#bevinding", EN: "%q is no reference: write kind/name, such as stories/tiel, or kind/name#finding"},
	Unknown:     {NL: "er is geen %s", EN: "there is no %s"},
	BadName:     {NL: "%q kan geen naam zijn; gebruik kleine letters, cijfers en losse koppeltekens", EN: "%q cannot be a name; use lower-case letters, digits and single hyphens"},
	Same:        {NL: "%s heet al zo", EN: "%s has that name already"},
	Taken:       {NL: "%s is er al (%s)", EN: "%s is there already (%s)"},
	Mixed:       {NL: "%s en %s: een tekst kan geen bevinding worden, en een bevinding geen tekst", EN: "%s and %s: a text cannot become a finding, nor a finding a text"},
	Fixed:       {NL: "de startpagina (%s) heeft een vaste plaats", EN: "the home page (%s) has a fixed place"},
	Unread:      {NL: "niets gewijzigd: deze teksten zijn niet te lezen, en kunnen verwijzingen hebben die mee moeten", EN: "nothing changed: these texts cannot be read, and may have references that must come along"},
	Unfit:       {NL: "niets gewijzigd: zo kan dit niet %s worden", EN: "nothing changed: this cannot become %s as it is"},
	Bound:       {NL: "niets gewijzigd: %s kan zo niet naar een andere tekst", EN: "nothing changed: %s cannot go to another text as it is"},
	Unwritable:  {NL: "niets gewijzigd: dit moet eerst anders geschreven worden", EN: "nothing changed: this must be written otherwise first"},
	Referred:    {NL: "niets gewijzigd: naar %s wordt %d keer verwezen", EN: "nothing changed: %s is referred to %d times"},
	Worse:       {NL: "niets gewijzigd: daarna zou dit niet meer kloppen", EN: "nothing changed: afterwards this would be wrong"},
}

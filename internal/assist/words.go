package assist

import (
	"fmt"
	"strings"

	"leerblad/internal/diag"
	"leerblad/internal/document"
	"leerblad/internal/frontmatter"
	"leerblad/internal/markdown"
)

// word gives what a value or a kind is called: in the theme's words, if they are in the language, else in those below.
func (p *Publication) word(name string, l diag.Language) string {
	if p.in.Words != nil && l == p.in.Settings.Language {
		if w := p.in.Words(name); w != name {
			return w
		}
	}
	return words[name].In(l)
}

// say gives a sentence of the table below, filled in.
func say(l diag.Language, name string, args ...any) string {
	return fmt.Sprintf(words[name].In(l), args...)
}

// kindName is what the list of a kind calls one entry.
func (p *Publication) kindName(k document.Kind, l diag.Language) string {
	if w := p.word("kind."+string(k), l); w != "" {
		return w
	}
	_, name, _ := strings.Cut(k.Row().One.In(l), " ") // without its article
	return name
}

// mark is a marker with what it says.
type mark struct {
	text    string
	valence markdown.Valence
}

var marks = []mark{{"[+]", markdown.Works}, {"[!]", markdown.Attention}, {"[~]", markdown.Mixed}, {"[-]", markdown.Fails}, {"[?]", markdown.Question}}

// markOf gives the marker of a valence.
func markOf(v markdown.Valence) string {
	for _, m := range marks {
		if m.valence == v {
			return m.text
		}
	}
	return ""
}

// attributes are those of headings and list items, in the order in which they are proposed.
var attributes = []struct {
	name                   string
	heading, finding, item bool // on which it may stand; item is a list item that says where a finding has gone
}{
	{"#", true, true, true}, {"topic", true, false, false}, {"reach", false, true, false}, {"follows", false, true, false},
	{"aliases", false, true, false}, {"moved", false, false, true},
}

var months = map[diag.Language][]string{
	diag.Dutch:   strings.Fields("januari februari maart april mei juni juli augustus september oktober november december"),
	diag.English: strings.Fields("January February March April May June July August September October November December"),
}

// dayText gives a day in words, such as 3 mei 2021.
func dayText(d frontmatter.Day, l diag.Language) string {
	var year, month, day int
	if n, _ := fmt.Sscanf(string(d), "%d-%d-%d", &year, &month, &day); n != 3 || month < 1 || month > 12 {
		return string(d)
	}
	return fmt.Sprintf("%d %s %d", day, months[l][month-1], year)
}

// words are those of this package, and those of the default theme for publications in the other language.
var words = map[string]diag.Phrase{
	"valence.works":     {NL: "Dit werkt", EN: "This works"},
	"valence.attention": {NL: "Aandachtspunt", EN: "Needs attention"},
	"valence.mixed":     {NL: "Wisselend beeld", EN: "Mixed picture"},
	"valence.fails":     {NL: "Leverde niet op wat ervan werd verwacht", EN: "Did not deliver what was expected"},
	"valence.question":  {NL: "Vraag", EN: "Question"},

	"reach.one":  {NL: "in één regio", EN: "in one region"},
	"reach.some": {NL: "in sommige regio’s", EN: "in some regions"},
	"reach.many": {NL: "in veel regio’s", EN: "in many regions"},
	"reach.most": {NL: "in de meeste regio’s", EN: "in most regions"},
	"reach.all":  {NL: "in alle regio’s", EN: "in all regions"},

	"outcome.worked":  {NL: "Werkte", EN: "Worked"},
	"outcome.mixed":   {NL: "Wisselend resultaat", EN: "Mixed result"},
	"outcome.failed":  {NL: "Werkte niet", EN: "Did not work"},
	"outcome.ongoing": {NL: "Loopt nog", EN: "Under way"},

	"type.interim-evaluation":   {NL: "Tussenevaluatie", EN: "Interim evaluation"},
	"type.progress-report":      {NL: "Voortgangsrapportage", EN: "Progress report"},
	"type.regional-evaluation":  {NL: "Regionaal evaluatiedocument", EN: "Regional evaluation"},
	"type.learning-agenda":      {NL: "Leeragenda", EN: "Learning agenda"},
	"type.action-plan":          {NL: "Actieplan", EN: "Action plan"},
	"type.accountability-model": {NL: "Verantwoordingsmodel", EN: "Accountability model"},
	"type.other":                {NL: "Document", EN: "Document"},

	"media.video":       {NL: "Film", EN: "Film"},
	"media.image":       {NL: "Beeld", EN: "Picture"},
	"media.audio":       {NL: "Geluid", EN: "Audio"},
	"media.infographic": {NL: "Infographic", EN: "Infographic"},
	"media.article":     {NL: "Artikel", EN: "Article"},
	"media.testimonial": {NL: "Uitspraak", EN: "Quotation"},

	"state.draft":     {NL: "concept", EN: "draft"},
	"state.scheduled": {NL: "gepland", EN: "scheduled"},
	"state.expired":   {NL: "verlopen", EN: "expired"},

	"true":       {NL: "ja", EN: "yes"},
	"false":      {NL: "nee", EN: "no"},
	"nl":         {NL: "Nederlands", EN: "Dutch"},
	"en":         {NL: "Engels", EN: "English"},
	"today":      {NL: "vandaag", EN: "today"},
	"tomorrow":   {NL: "morgen", EN: "tomorrow"},
	"monday":     {NL: "volgende maandag", EN: "next Monday"},
	"month":      {NL: "volgende maand", EN: "next month"},
	"own-date":   {NL: "de datum van deze tekst", EN: "the date of this text"},
	"next":       {NL: "het volgende nummer", EN: "the next number"},
	"needed":     {NL: "moet er staan", EN: "must be there"},
	"used":       {NL: "%d keer gebruikt", EN: "used %d times"},
	"used-once":  {NL: "één keer gebruikt", EN: "used once"},
	"settings":   {NL: "Instellingen", EN: "Settings"},
	"no-field":   {NL: "deze gegevens heeft deze tekst niet", EN: "this text has no such data"},
	"no-value":   {NL: "deze waarde past hier niet", EN: "this value does not fit here"},
	"data":       {NL: "Gegevens", EN: "Data"},
	"file":       {NL: "Bestand", EN: "File"},
	"heading":    {NL: "Kop", EN: "Heading"},
	"footnote":   {NL: "Voetnoot", EN: "Footnote"},
	"new-note":   {NL: "Nieuwe voetnoot", EN: "New footnote"},
	"follows":    {NL: "**Volgt op**", EN: "**Follows**"},
	"followed":   {NL: "**Later**", EN: "**Later**"},
	"evidence":   {NL: "**Onderbouwt**", EN: "**Is evidence for**"},
	"one-of":     {NL: "Een van: %s.", EN: "One of: %s."},
	"length":     {NL: "Het best tussen %d en %d tekens.", EN: "Best between %d and %d characters."},
	"length-max": {NL: "Het best hoogstens %d tekens.", EN: "Best at most %d characters."},
	"marker":     {NL: "Een bevinding: `%s` aan het begin van een punt van een lijst.", EN: "A finding: `%s` at the start of a list item."},

	"chart.bar":     {NL: "Staven naast elkaar.", EN: "Bars side by side."},
	"chart.stacked": {NL: "Staven op elkaar, met hun som.", EN: "Bars on each other, with their sum."},
	"chart.line":    {NL: "Een lijn voor elke kolom: hoe iets verandert.", EN: "A line for each column: how something changes."},
	"chart.source":  {NL: "Waar de cijfers vandaan komen.", EN: "Where the numbers are from."},
	"chart.unit":    {NL: "Wat er geteld wordt, zoals mensen of %.", EN: "What is counted, such as people or %."},
	"chart.file":    {NL: "Een CSV-bestand met de tabel, in plaats van een tabel in het blok.", EN: "A CSV file with the table, in place of one in the block."},

	"attribute.#":       {NL: "Het kenmerk waarmee andere teksten hiernaar verwijzen.", EN: "The id by which other texts refer to this."},
	"attribute.topic":   {NL: "Het thema van de bevindingen onder deze kop.", EN: "The topic of the findings below this heading."},
	"attribute.reach":   {NL: "In hoeveel van de regio’s dit geldt.", EN: "In how many of the regions this holds."},
	"attribute.follows": {NL: "De eerdere bevinding waar deze op volgt.", EN: "The earlier finding that this one follows."},
	"attribute.aliases": {NL: "Kenmerken die de bevinding eerder had; ze blijven werken.", EN: "Ids that the finding had before; they still work."},
	"attribute.moved":   {NL: "Waar de bevinding nu staat die hier stond.", EN: "Where the finding is now that stood here."},
}

package site

import (
	"slices"

	"leerblad/internal/chart"
	"leerblad/internal/document"
	"leerblad/internal/frontmatter"
	"leerblad/internal/markdown"
	"leerblad/internal/publication"
)

// YearGroup is findings in a list from sources of one year; Year is "" for sources without a date.
type YearGroup struct {
	Year     string
	Findings []*Finding
}

// Chart is how many findings there are of each valence, in rows that have a bar each.
type Chart struct {
	Of      string        // what a row is of: "topic", "source" or "year"
	Columns []ChartColumn // the valences that occur
	Rows    []ChartRow
}

// ChartColumn is a valence, and how its parts of bars look.
type ChartColumn struct {
	Valence markdown.Valence
	Key     chart.Strip
}

// ChartRow is a row of a chart. Counts run parallel to Chart.Columns.
type ChartRow struct {
	Link   // URL may be ""
	Date   frontmatter.Day
	Counts []Count
	Bar    chart.Strip // a part for each valence, in percent of the longest bar of the chart
}

// chartSources is the number of sources that a matrix or chart shows one by one; more are taken together by year.
const chartSources = 20

// bar is a row of a chart in the making.
type bar struct {
	link Link
	date frontmatter.Day
	n    [5]int // by index in markdown.Valences
}

func (b *bar) add(f *publication.Finding) { b.n[slices.Index(markdown.Valences, f.Valence)]++ }

// compare makes a chart of bars.
func compare(of string, bars []*bar) Chart {
	longest := 0
	var present [5]bool
	for _, b := range bars {
		total := 0
		for i, n := range b.n {
			total += n
			present[i] = present[i] || n > 0
		}
		longest = max(longest, total)
	}
	c := Chart{Of: of, Rows: make([]ChartRow, len(bars))}
	for i, v := range markdown.Valences {
		if present[i] {
			c.Columns = append(c.Columns, ChartColumn{v, chart.Strip{{Class: string(v), To: 100}}})
		}
	}
	for r, b := range bars {
		row, at := &c.Rows[r], 0
		row.Link, row.Date = b.link, b.date
		for i, v := range markdown.Valences {
			n := b.n[i]
			if present[i] {
				row.Counts = append(row.Counts, Count{v, n})
			}
			if n > 0 {
				row.Bar = append(row.Bar, chart.Part{Class: string(v), From: float64(at) * 100 / float64(longest), To: float64(at+n) * 100 / float64(longest)})
				at += n
			}
		}
	}
	return c
}

// byTopic compares the topics that have findings.
func (s *shared) byTopic() Chart {
	var bars []*bar
	for _, t := range s.pub.Of(document.Topics) {
		if len(t.Findings) == 0 {
			continue
		}
		b := &bar{link: s.link(t)}
		for _, f := range t.Findings {
			b.add(f)
		}
		bars = append(bars, b)
	}
	return compare("topic", bars)
}

// byTime compares the dated sources of findings, or the years in which they were published if there are too many. A year leads to its
// first finding in the list of these findings at url.
func (s *shared) byTime(findings []*publication.Finding, url string) Chart {
	if len(newestSources(findings)) < len(findings) {
		return s.byYear(findings, url)
	}
	var bars []*bar
	for i, f := range findings {
		if f.Entry.Date == "" {
			continue
		}
		if i == 0 || f.Entry != findings[i-1].Entry {
			bars = append(bars, &bar{link: s.link(f.Entry), date: f.Entry.Date})
		}
		bars[len(bars)-1].add(f)
	}
	return compare("source", bars)
}

// byYear compares the years in which the sources of findings were published.
func (s *shared) byYear(findings []*publication.Finding, url string) Chart {
	var bars []*bar
	for i, f := range findings {
		year := yearOf(f)
		if year == "" {
			continue
		}
		if i == 0 || year != yearOf(findings[i-1]) {
			bars = append(bars, &bar{link: Link{URL: s.pageOf(url, i/pageSize+1) + "#year_" + year, Title: year}})
		}
		bars[len(bars)-1].add(f)
	}
	return compare("year", bars)
}

// newestSources gives those of the findings, newest first, that are of the first chartSources sources.
func newestSources(findings []*publication.Finding) []*publication.Finding {
	n := 0
	for i, f := range findings {
		if i == 0 || f.Entry != findings[i-1].Entry {
			if n++; n > chartSources {
				return findings[:i]
			}
		}
	}
	return findings
}

// yearOf gives the year in which a finding's source was published, "" without a date.
func yearOf(f *publication.Finding) string { return string(f.Entry.Date[:min(4, len(f.Entry.Date))]) }

// yearGroups gives findings, newest first, by the year of their sources.
func (p *presenter) yearGroups(list []*publication.Finding) []YearGroup {
	var out []YearGroup
	for i, f := range list {
		if i == 0 || yearOf(f) != yearOf(list[i-1]) {
			out = append(out, YearGroup{Year: yearOf(f)})
		}
		g := &out[len(out)-1]
		g.Findings = append(g.Findings, p.finding(f))
	}
	return out
}

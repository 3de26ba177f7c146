package publication

import (
	"slices"

	"leerblad/internal/chart"
	"leerblad/internal/diag"
	"leerblad/internal/document"
	"leerblad/internal/source"
)

// tableFile is what a file of charts holds. What is wrong with it is told of the first chart of it.
type tableFile struct {
	table    chart.Table
	problems diag.List
	told     bool
}

// chart makes the chart of a fence in the text at from, with the table in it or in its file.
func (a *assembler) chart(f *chart.Fence, from string) (out Chart) {
	table, read := f.Table, &tableFile{}
	if f.File != "" {
		w := written{value: f.File, span: f.Told, from: from, fence: true, vague: f.At.File == nil}
		if out.File = a.file(w, aTable); out.File == "" {
			return out
		}
		if !aTable.fits(out.File) {
			a.diags.Add("chart-file", f.Told, f.File)
			return out
		}
		read = a.table(a.Tree.File(out.File))
		if table = read.table; read.problems != nil {
			if !read.told {
				a.diags = append(a.diags, read.problems...)
			}
			read.told = true
			return out
		}
	}
	if f.Kind == "" || f.Title == "" { // which was reported
		return out
	}
	var problems diag.List
	out.Chart, problems = chart.Read(f, table, a.Settings.Language == diag.Dutch)
	if read.told {
		problems = slices.DeleteFunc(problems, func(d diag.Diagnostic) bool { return d.Span.File.Path == out.File && d.Code != "chart-negative" })
	}
	read.told = true
	a.diags = append(a.diags, problems...)
	return out
}

// table reads a file, once.
func (a *assembler) table(f *source.File) *tableFile {
	known := a.tables[f]
	if known == nil {
		known = &tableFile{problems: document.Unreadable(f)}
		if known.problems == nil {
			known.table, known.problems = chart.ReadCSV(f)
		}
		if a.tables == nil {
			a.tables = map[*source.File]*tableFile{}
		}
		a.tables[f] = known
	}
	return known
}

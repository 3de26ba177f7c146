package publication

import (
	"leerblad/internal/chart"
	"leerblad/internal/diag"
	"leerblad/internal/document"
)

// chart makes the chart of a fence in the text at from, with the table in it or in its file.
func (a *assembler) chart(f *chart.Fence, from string) (out Chart) {
	rows := f.Rows
	if f.File != "" {
		w := written{value: f.File, span: f.Told, from: from, fence: true, vague: f.At.File == nil}
		if out.File = a.file(w, aTable); out.File == "" {
			return out
		}
		if !aTable.fits(out.File) {
			a.diags.Add("chart-file", f.Told, f.File)
			return out
		}
		file := a.Tree.File(out.File)
		problems := document.Unreadable(file)
		if problems == nil {
			rows, problems = chart.ReadCSV(file)
		}
		if a.diags = append(a.diags, problems...); problems != nil {
			return out
		}
	}
	if f.Kind == "" || f.Title == "" { // which was reported
		return out
	}
	var problems diag.List
	out.Chart, problems = chart.Read(f, rows, a.Settings.Language == diag.Dutch)
	a.diags = append(a.diags, problems...)
	return out
}

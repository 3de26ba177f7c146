package site

import (
	"reflect"
	"testing"

	"leerblad/internal/chart"
	"leerblad/internal/markdown"
)

func TestBarsOfAChartAreInProportionToTheLongest(t *testing.T) {
	c := compare("topic", []*bar{
		{link: Link{Title: "kort"}, n: [5]int{1, 0, 0, 0, 1}},
		{link: Link{Title: "lang"}, n: [5]int{3, 0, 0, 5, 0}},
		{link: Link{Title: "leeg"}},
	})
	want := Chart{
		Of: "topic",
		Columns: []ChartColumn{
			{markdown.Works, chart.Strip{{Class: "works", From: 0, To: 100}}}, {markdown.Fails, chart.Strip{{Class: "fails", From: 0, To: 100}}}, {markdown.Question, chart.Strip{{Class: "question", From: 0, To: 100}}},
		},
		Rows: []ChartRow{
			{
				Link:   Link{Title: "kort"},
				Counts: []Count{{markdown.Works, 1}, {markdown.Fails, 0}, {markdown.Question, 1}},
				Bar:    chart.Strip{{Class: "works", From: 0, To: 12.5}, {Class: "question", From: 12.5, To: 25}},
			},
			{
				Link:   Link{Title: "lang"},
				Counts: []Count{{markdown.Works, 3}, {markdown.Fails, 5}, {markdown.Question, 0}},
				Bar:    chart.Strip{{Class: "works", From: 0, To: 37.5}, {Class: "fails", From: 37.5, To: 100}},
			},
			{Link: Link{Title: "leeg"}, Counts: []Count{{markdown.Works, 0}, {markdown.Fails, 0}, {markdown.Question, 0}}},
		},
	}
	if !reflect.DeepEqual(c, want) {
		t.Errorf("got\n%+v\nwant\n%+v", c, want)
	}
}

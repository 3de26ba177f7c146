package site

import (
	"reflect"
	"testing"

	"leerblad/internal/markdown"
)

func TestBarsOfAChartAreInProportionToTheLongest(t *testing.T) {
	c := chart("topic", []*bar{
		{link: Link{Title: "kort"}, n: [5]int{1, 0, 0, 0, 2}},
		{link: Link{Title: "lang"}, n: [5]int{3, 0, 0, 4, 0}},
		{link: Link{Title: "leeg"}},
	})
	want := Chart{
		Of: "topic", Valences: []markdown.Valence{markdown.Works, markdown.Fails, markdown.Question},
		Rows: []ChartRow{
			{
				Link:     Link{Title: "kort"},
				Counts:   []Count{{markdown.Works, 1}, {markdown.Fails, 0}, {markdown.Question, 2}},
				Segments: []Segment{{markdown.Works, "0%", "14.2%"}, {markdown.Question, "14.2%", "28.6%"}},
			},
			{
				Link:     Link{Title: "lang"},
				Counts:   []Count{{markdown.Works, 3}, {markdown.Fails, 4}, {markdown.Question, 0}},
				Segments: []Segment{{markdown.Works, "0%", "42.8%"}, {markdown.Fails, "42.8%", "57.2%"}},
			},
			{Link: Link{Title: "leeg"}, Counts: []Count{{markdown.Works, 0}, {markdown.Fails, 0}, {markdown.Question, 0}}},
		},
	}
	if !reflect.DeepEqual(c, want) {
		t.Errorf("got\n%+v\nwant\n%+v", c, want)
	}
}

package desk_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"image"
	"image/jpeg"
	"mime/multipart"
	"path/filepath"
	"strings"
	"testing"

	"leerblad/internal/refactor"
)

func TestTextsAreMovedAndRemovedByTheirPlans(t *testing.T) {
	s := start(t, folder)
	before := s.all()
	plan := func(got answer) (p refactor.Record, path string) {
		t.Helper()
		var out struct {
			refactor.Record
			Path string
		}
		if err := json.Unmarshal([]byte(got.body), &out); err != nil || got.status != 200 {
			t.Fatalf("%v %v", err, got)
		}
		return out.Record, out.Path
	}
	p, path := plan(s.post("api/move", `{"from":"sheets/een","to":"sheets/eerste","dryRun":true}`))
	if !p.DryRun || path != "sheets/eerste.md" || len(p.Moves) != 1 || p.Moves[0] != (refactor.MoveRecord{From: "sheets/een.md", To: "sheets/eerste.md"}) || len(p.Leads) != 1 {
		t.Errorf("%+v %s", p, path)
	}
	if s.all() != before {
		t.Error("a dry run changed something")
	}
	plan(s.post("api/move", `{"from":"sheets/een.md","to":"sheets/eerste","alias":false}`))
	if r, text := s.disk("recommendations/r.md"), s.disk("sheets/eerste.md"); !strings.Contains(r, "evidence: [sheets/eerste#elkaar]") || text != sheet || s.disk("sheets/een.md") != "" {
		t.Errorf("%s %s", r, text)
	}
	if p, path := plan(s.post("api/move", `{"from":"sheets/twee","to":"sheets/tweede"}`)); path != "sheets/tweede/index.md" || len(p.Moves) != 2 || s.disk("sheets/tweede/foto.png") != png {
		t.Errorf("%+v %s", p, path)
	}
	plan(s.post("api/move", `{"from":"sheets/eerste#elkaar","to":"sheets/eerste#vinden"}`))
	for body, want := range map[string]struct {
		status int
		code   string
	}{
		`{"from":"sheets/nee","to":"sheets/x"}`: {404, "unknown"}, `{"from":"sheets/eerste","to":"sheets/tweede"}`: {409, "taken"}, `{"from":"sheets/eerste","to":"sheets/X y"}`: {409, "bad-name"},
		`{"from":"sheets/eerste","to":"../x"}`: {409, "no-reference"}, `{"from":"index","to":"pages/x"}`: {409, "fixed"}, `{`: {400, "bad-request"},
	} {
		if got := s.post("api/move", body); got.status != want.status || got.code() != want.code {
			t.Errorf("%s: %v", body, got)
		}
	}
	got := s.post("api/remove", `{"reference":"sheets/eerste"}`)
	problems, _ := got.json(t)["error"].(map[string]any)["problems"].([]any)
	if got.status != 409 || got.code() != "referred" || len(problems) != 2 || strings.Contains(got.body, "--") {
		t.Errorf("%v", got)
	}
	if got := s.post("api/remove", `{"reference":"sheets/eerste","to":"sheets/tweede"}`); got.status != 409 || got.code() != "worse" {
		t.Errorf("what refers to it would refer to a draft: %v", got)
	}
	write(t, filepath.Join(s.dir, "sheets", "tweede", "index.md"), strings.Replace(folder["sheets/twee/index.md"], "draft: true\n", "", 1))
	if p, _ := plan(s.post("api/remove", `{"reference":"sheets/eerste","to":"sheets/tweede"}`)); p.To != "sheets/tweede" || s.disk("sheets/eerste.md") != "" || !strings.Contains(s.disk("recommendations/r.md"), "sheet: sheets/tweede") {
		t.Errorf("%+v", p)
	}
	plan(s.post("api/remove", `{"reference":"sheets/tweede","force":true}`))
	if s.disk("sheets/tweede/index.md")+s.disk("sheets/tweede/foto.png") != "" {
		t.Error("the entry's files are still there")
	}
	if got := s.post("api/remove", `{"reference":"topics/samen"}`, "Content-Type", "text/plain"); got.status != 415 {
		t.Errorf("%v", got)
	}
}

func TestWhatRefersToATextIsTold(t *testing.T) {
	s := start(t, folder)
	want := `[{"path":"recommendations/r.md","reference":"recommendations/r","title":"Raad","line":4,"column":8,"key":"sheet"},` +
		`{"path":"recommendations/r.md","reference":"recommendations/r","title":"Raad","line":5,"column":12,"key":"evidence"}]`
	if got := s.get("api/references?reference=sheets/een"); strings.TrimSpace(got.body) != want {
		t.Errorf("%v", got)
	}
	if got := s.get("api/references?reference=sheets/een%23elkaar"); strings.Count(got.body, `"key":"evidence"`) != 1 || strings.Contains(got.body, `"sheet"`) {
		t.Errorf("%v", got)
	}
	if got := s.get("api/references?reference=sheets/twee"); strings.TrimSpace(got.body) != "[]" {
		t.Errorf("%v", got)
	}
	for _, none := range []string{"sheets/nee", "sheets/een%23nee", ""} {
		if got := s.get("api/references?reference=" + none); got.status != 404 {
			t.Errorf("%s: %v", none, got)
		}
	}
}

func TestTextsThatOthersReferToAreNotDeleted(t *testing.T) {
	s := start(t, folder)
	write(t, filepath.Join(s.dir, "media", "film.vtt"), "WEBVTT\n")
	write(t, filepath.Join(s.dir, "stories", "s.md"), "---\ntitle: S\ndate: 2021-01-01\nmedia:\n  - {type: video, src: media/film.mp4, alt: Film, captions: media/film.vtt}\n---\nTekst.\n")
	delete := func(name, query string) answer {
		return s.do("DELETE", "api/texts/"+name+query, "", "If-Match", s.get("api/texts/"+name).header.Get("ETag"))
	}
	for _, name := range []string{"sheets/een.md", "media/film.vtt"} {
		if got := delete(name, ""); got.status != 409 || got.code() != "referred" || !strings.Contains(got.body, `"problems":[{`) || s.disk(name) == "" {
			t.Errorf("%s: %v", name, got)
		}
		if got := delete(name, "?force=1"); got.status != 200 || s.disk(name) != "" || s.get("api/texts/"+name).status != 404 {
			t.Errorf("%s: %v", name, got)
		}
	}
	if got := delete("sheets/twee/index.md", ""); got.status != 200 || s.disk("sheets/twee/foto.png") != "" {
		t.Errorf("%v", got)
	}
	if got := delete("site.yaml", "?force=1"); got.status != 403 || s.disk("site.yaml") == "" {
		t.Errorf("%v", got)
	}
	if got := delete("index.md", "?force=1"); got.status != 409 || s.disk("index.md") == "" {
		t.Errorf("%v", got)
	}
}

func TestNewTextsAndCopiesAreDrafts(t *testing.T) {
	s := start(t, folder)
	for _, c := range []struct{ address, body, path, want string }{
		{"new", `{"kind":"sheets","title":" Derde\n sheet: <b> "}`, "sheets/derde-sheet-b.md", `title: "Derde sheet: <b>"`},
		{"new", `{"kind":"praktijkverhaal","title":"Uit de regio"}`, "stories/uit-de-regio.md", "date: 2024-03-01"},
		{"duplicate", `{"path":"sheets/twee/index.md","title":"Vierde"}`, "sheets/vierde/index.md", "title: Vierde"},
	} {
		got := s.post("api/"+c.address, c.body)
		if got.status != 201 || got.json(t)["path"] != c.path {
			t.Errorf("%s: %v", c.body, got)
			continue
		}
		text := s.get("api/texts/" + c.path)
		if !strings.Contains(text.body, c.want) || !strings.Contains(text.body, "draft: true") || text.header.Get("ETag") != `"`+got.json(t)["digest"].(string)+`"` {
			t.Errorf("%s: %v", c.path, text)
		}
		if !strings.Contains(s.get("api/texts").body, c.path) {
			t.Errorf("the list has no %s", c.path)
		}
		if again := s.post("api/"+c.address, c.body); again.status != 409 || again.code() != "taken" {
			t.Errorf("twice: %v", again)
		}
	}
	if s.disk("sheets/vierde/foto.png") != png {
		t.Error("the picture was not copied")
	}
	for _, body := range []string{`{"path":"sheets/nee.md","title":"X"}`, `{"path":"site.yaml","title":"X"}`, `{"path":"index.md","title":"X"}`} {
		if got := s.post("api/duplicate", body); got.status != 404 && got.status != 409 {
			t.Errorf("%s: %v", body, got)
		}
	}
}

// form makes a form of fields, and of files by names that begin with @.
func form(t *testing.T, fields ...string) (body, kind string) {
	t.Helper()
	var out bytes.Buffer
	w := multipart.NewWriter(&out)
	for i := 0; i < len(fields); i += 2 {
		name, file := strings.CutPrefix(fields[i], "@")
		if !file {
			_ = w.WriteField(name, fields[i+1])
			continue
		}
		part, err := w.CreateFormFile("files", name)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = part.Write([]byte(fields[i+1]))
	}
	_ = w.Close()
	return out.String(), w.FormDataContentType()
}

func TestPicturesStandBesideTheirTexts(t *testing.T) {
	s := start(t, folder)
	body, kind := form(t, "@IMG 1.PNG", png, "@foto.png", png, "@C:\\x\\Rapport (1).pdf", "%PDF-1.4")
	got := s.post("api/pictures?beside=sheets/twee/index.md", body, "Content-Type", kind)
	var out struct {
		Path, Src, Markdown string
		Width, Height       int
		Pictures            []struct {
			Path, Src, Markdown, Type string
			Width                     int
		}
	}
	if err := json.Unmarshal([]byte(got.body), &out); err != nil || got.status != 201 || len(out.Pictures) != 3 {
		t.Fatalf("%v %v", err, got)
	}
	if out.Path != "sheets/twee/img-1.png" || out.Src != "img-1.png" || out.Markdown != "![](img-1.png)" || out.Width != 2 || out.Height != 1 || s.disk(out.Path) != png {
		t.Errorf("%+v", out)
	}
	if p := out.Pictures[1]; p.Path != "sheets/twee/foto-2.png" || s.disk(p.Path) != png {
		t.Errorf("%+v", p)
	}
	if p := out.Pictures[2]; p.Path != "sheets/twee/rapport-1.pdf" || p.Markdown != "[rapport-1](rapport-1.pdf)" || p.Width != 0 || p.Type != "application/pdf" {
		t.Errorf("%+v", p)
	}
	for _, c := range []struct{ query, path, markdown string }{
		{"beside=sheets/een.md&name=Foto.jpeg&alt=Een+[mooie]%0afoto", "media/foto.png", `![Een \[mooie\] foto](../media/foto.png)`},
		{"beside=index.md&name=foto.png", "media/foto-2.png", "![](media/foto-2.png)"},
		{"beside=sheets/nieuw/index.md&name=..%2f..%2fCON.png", "sheets/nieuw/afbeelding.png", "![](afbeelding.png)"},
		{"beside=sheets/nieuw/index.md&name=", "sheets/nieuw/afbeelding-2.png", "![](afbeelding-2.png)"},
	} {
		if got := s.post("api/pictures?"+c.query, png, "Content-Type", "image/png").json(t); got["path"] != c.path || got["markdown"] != c.markdown || s.disk(c.path) != png {
			t.Errorf("%s: %v", c.query, got)
		}
	}
	body, kind = form(t, "@twee.png", png, "@Twee.PNG", png)
	if got := s.post("api/pictures?beside=sheets/nieuw/index.md", body, "Content-Type", kind); got.status != 201 || s.disk("sheets/nieuw/twee.png") != png || s.disk("sheets/nieuw/twee-2.png") != png {
		t.Errorf("two of one name: %v", got)
	}
	before := s.all()
	for _, c := range []struct {
		name, data, code string
		status           int
	}{
		{"x.html", "<html>", "bad-picture", 415}, {"x.js", "alert(1)", "no-medium", 415}, {"x.png", "<html><script>", "bad-picture", 415}, {"x.png", "nee", "bad-picture", 415},
		{"x.svg", "<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", "bad-picture", 415}, {"x.md", "---\n", "no-medium", 415}, {"x", "x", "no-medium", 415}, {"x.png", "", "nothing", 400},
		{"x.heic", "\x00\x00\x00\x18ftypheic\x00\x00\x00\x00heic", "bad-picture", 415}, {"x.bin", "x", "no-medium", 415}, {"x.mp4", strings.Repeat("x", 50_000_001), "too-large", 413},
	} {
		body, kind := form(t, "@goed.png", png, "@"+c.name, c.data)
		if got := s.post("api/pictures?beside=index.md", body, "Content-Type", kind); got.status != c.status || got.code() != c.code {
			t.Errorf("%s: %v", c.name, got)
		}
	}
	if s.all() != before {
		t.Error("something was written")
	}
	var list []map[string]any
	if err := json.Unmarshal([]byte(s.get("api/media").body), &list); err != nil || len(list) != 10 || list[0]["path"] != "media/foto-2.png" || list[0]["picture"] != true || list[0]["size"] != float64(len(png)) {
		t.Errorf("%v %v", err, list)
	}
	if got := s.get("api/media/media/foto.png", "Range", "bytes=1-3"); got.status != 206 || got.body != "PNG" || got.header.Get("Content-Type") != "image/png" {
		t.Errorf("%v", got)
	}
	if got := s.do("PUT", "api/media/media/foto.png", png); got.status != 405 {
		t.Errorf("%v", got)
	}
}

func TestImportsBecomeMarkdown(t *testing.T) {
	s := start(t, folder)
	before := s.all()
	page := `<html><body><h1>Voortgang</h1><p>1 maart 2021</p><h2>Samenwerking</h2><ul><li>☺ Goed.</li><li>☺ Beter.</li></ul><p><img src="page_files/a.png" alt="Kaart"></p></body></html>`
	body, kind := form(t, "@page.html", page, "@a.png", png, "kind", "sheets")
	got := s.post("api/import", body, "Content-Type", kind)
	var out struct {
		Markdown, Title, Slug, Path string
		Pictures                    []struct {
			Name, Type string
			Data       []byte
			Width      int
		}
		Questions []struct{ Question, Sign, Value string }
		Problems  []map[string]any
	}
	read := func(got answer) {
		t.Helper()
		out.Path, out.Pictures, out.Questions, out.Problems = "", nil, nil, nil
		if err := json.Unmarshal([]byte(got.body), &out); err != nil || got.status != 200 || out.Pictures == nil || out.Questions == nil || out.Problems == nil {
			t.Fatalf("%v %v", err, got)
		}
	}
	read(got)
	if !strings.HasPrefix(out.Markdown, "---\ntitle: Voortgang\ndate: 2021-03-01\ndraft: true\n---\n") || !strings.Contains(out.Markdown, "☺ Goed.") || out.Path != "sheets/voortgang/index.md" || out.Slug != "voortgang" {
		t.Errorf("%+v", out)
	}
	if len(out.Pictures) != 1 || out.Pictures[0].Name != "a.png" || string(out.Pictures[0].Data) != png || out.Pictures[0].Type != "image/png" || out.Pictures[0].Width != 2 {
		t.Errorf("%+v", out.Pictures)
	}
	if len(out.Questions) != 1 || out.Questions[0].Question != "sign" || out.Questions[0].Sign != "☺" {
		t.Errorf("%+v", out.Questions)
	}
	body, kind = form(t, "@page.html", page, "kind", "sheets", "signs", `{"☺":"+"}`, "title", "Anders", "date", "2021-04-01")
	if read(s.post("api/import", body, "Content-Type", kind)); !strings.Contains(out.Markdown, "title: Anders\ndate: 2021-04-01") || !strings.Contains(out.Markdown, "[+] Goed.") || len(out.Questions) != 0 || out.Path != "sheets/anders.md" ||
		len(out.Problems) != 1 || out.Problems[0]["code"] != "picture-elsewhere" {
		t.Errorf("%+v", out)
	}
	read(s.post("api/import", `{"html":"<h2>Kop</h2><p>Zie <b>dit</b> en <script>x</script></p><ul><li>een</li></ul>"}`))
	if strings.Contains(out.Markdown, "---") || !strings.Contains(out.Markdown, "**dit**") || !strings.Contains(out.Markdown, "Kop") || strings.Contains(out.Markdown, "script") || out.Path != "" || strings.HasPrefix(out.Markdown, "\n") {
		t.Errorf("%+v", out)
	}
	body, kind = form(t, "html", "<p>Een</p>", "kind", "pages", "title", "Van het klembord")
	if read(s.post("api/import", body, "Content-Type", kind)); out.Path != "pages/van-het-klembord.md" || !strings.HasPrefix(out.Markdown, "---\ntitle: Van het klembord\n") {
		t.Errorf("%+v", out)
	}
	body, kind = form(t, "@een.txt", "Een\n", "kind", "sheets")
	if read(s.post("api/import", body, "Content-Type", kind)); out.Path != "sheets/een-2.md" {
		t.Errorf("no room: %+v", out)
	}
	for _, c := range []struct {
		status int
		code   string
		fields []string
	}{
		{422, "pdf", []string{"@x.pdf", "%PDF-1.4"}}, {422, "unknown-file", []string{"@x.bin", "a\x00b"}}, {422, "empty-file", []string{"html", "<p></p>"}}, {400, "one-text", []string{"@a.txt", "a", "@b.txt", "b"}},
		{400, "one-text", []string{"@a.txt", "a", "html", "<p>b"}}, {400, "nothing", []string{"kind", "sheets"}}, {400, "bad-kind", []string{"@a.txt", "a", "kind", "home"}}, {400, "bad-date", []string{"@a.txt", "a", "date", "gisteren"}},
		{400, "bad-signs", []string{"@a.txt", "a", "signs", `{"x":"*"}`}}, {400, "bad-request", []string{"@a.txt", "a", "signs", `x`}}, {413, "too-large", []string{"@a.txt", strings.Repeat("a", 100_000_001)}},
	} {
		body, kind := form(t, c.fields...)
		if got := s.post("api/import", body, "Content-Type", kind); got.status != c.status || got.code() != c.code {
			t.Errorf("%.60q: %v", c.fields, got)
		}
	}
	if got := s.post("api/import", "x", "Content-Type", "text/html"); got.status != 415 {
		t.Errorf("%v", got)
	}
	if s.all() != before {
		t.Error("something was written")
	}
}

func TestContributionsBecomeStories(t *testing.T) {
	s := start(t, folder)
	before := s.all()
	var photo bytes.Buffer
	if err := jpeg.Encode(&photo, image.NewGray(image.Rect(0, 0, 2, 2)), nil); err != nil {
		t.Fatal(err)
	}
	packed := func(name string) string {
		var out bytes.Buffer
		z := zip.NewWriter(&out)
		for _, f := range [][2]string{
			{"story.md", "---\ntitle: Een\ndate: 2021-01-01\nregions: [nergens]\nmedia:\n  - {type: image, src: a.jpg, alt: x}\n  - {type: audio, link: https://example.org/, captions: b.vtt}\n---\n\nTekst.\n"},
			{"sender.txt", "Naam: Iemand\nHet mag."}, {name, photo.String()}, {"b.vtt", "WEBVTT\n"},
		} {
			w, err := z.Create(f[0])
			if err == nil {
				_, err = w.Write([]byte(f[1]))
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		_ = z.Close()
		return out.String()
	}
	body, kind := form(t, "@een.leerblad (1).zip", packed("a.jpg"), "kind", "sheets")
	got := s.post("api/import", body, "Content-Type", kind)
	var out struct {
		Markdown, Path string
		Pictures       []struct{ Name string }
		Problems       []struct{ Code, Message string }
	}
	if err := json.Unmarshal([]byte(got.body), &out); err != nil || got.status != 200 {
		t.Fatalf("%v %v", err, got)
	}
	if out.Path != "stories/een/index.md" || !strings.Contains(out.Markdown, "draft: true") || strings.Contains(out.Markdown, "Iemand") || len(out.Pictures) != 2 {
		t.Errorf("%+v", out)
	}
	told := map[string]string{}
	for _, p := range out.Problems {
		told[p.Code] = p.Message
	}
	if !strings.Contains(told["parcel-sender"], "Naam: Iemand") || told["parcel-region"] == "" || len(told) != 2 {
		t.Errorf("%+v", told)
	}
	for code, fields := range map[string][]string{
		"parcel-name": {"@x.leerblad.zip", packed("../a.jpg")}, "parcel-broken": {"@x.leerblad.zip", packed("a.jpg")[:99]}, "whole-text": {"@x.leerblad.zip", packed("a.jpg"), "part", "1"},
	} {
		body, kind := form(t, fields...)
		if got := s.post("api/import", body, "Content-Type", kind); got.status != 422 || got.code() != code {
			t.Errorf("%s: %v", code, got)
		}
	}
	if s.all() != before {
		t.Error("something was written")
	}
}

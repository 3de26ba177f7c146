package build

import (
	"fmt"
	"os"
	"path/filepath"

	"leerblad/internal/diag"
	"leerblad/internal/markdown"
	"leerblad/internal/newsletter"
	"leerblad/internal/poster"
	"leerblad/internal/publication"
	"leerblad/internal/render"
	"leerblad/internal/site"
	"leerblad/internal/source"
	"leerblad/internal/theme"
	"leerblad/themes"
)

// loadedTheme is the theme of the last build, with its templates parsed.
type loadedTheme struct {
	*theme.Theme
	*render.Renderer
	settings     settingsOfTheme
	mail         *newsletter.Style
	press        *poster.Press
	problems     diag.List // of its texts
	mistakes     diag.List // of its templates
	mailProblems diag.List // of its tokens, which matter to mail alone
}

// settingsOfTheme are those that decide which theme is loaded and how.
type settingsOfTheme struct {
	name, root string
	language   diag.Language
	span       source.Span // at which a missing theme is reported
}

// Themes gives the folder that holds the themes which settings name: themes, beside the publication folder.
func (b *Builder) Themes() string {
	dir := b.options.Content
	if name := filepath.Base(dir); name == "." || name == ".." { // the parent of neither is in its path
		if abs, err := filepath.Abs(dir); err == nil {
			dir = abs
		}
	}
	return filepath.Join(filepath.Dir(filepath.Clean(dir)), "themes")
}

// loadTheme loads the default theme with the wanted one over it: the folder of the options, or the one that the
// settings name, beside the publication folder.
func (b *Builder) loadTheme(s publication.Settings) error {
	settings := settingsOfTheme{s.Theme, s.Base(), s.Language, s.ThemeSpan}
	if b.theme != nil && b.theme.settings == settings {
		return nil
	}
	layers := []theme.Layer{{FS: themes.Default(), Path: "themes/default"}}
	dir := b.options.Theme
	if dir == "" && s.Theme != "" && s.Theme != "default" {
		dir = filepath.Join(b.Themes(), s.Theme)
	}
	var problems diag.List
	b.themed = momentOf(dir)
	if dir != "" {
		if info, err := os.Stat(dir); (err != nil || !info.IsDir()) && b.options.Theme == "" {
			problems.Add("missing-theme", s.ThemeSpan, dir)
		} else {
			root, err := os.OpenRoot(dir)
			if err != nil {
				return fmt.Errorf("open theme: %w", err)
			}
			defer root.Close()
			layers = append(layers, theme.Layer{FS: source.FS(root), Path: filepath.ToSlash(dir)})
		}
	}
	t, list, err := theme.Load(s.Language, layers...)
	if err != nil {
		return err
	}
	b.theme = &loadedTheme{Theme: t, settings: settings, problems: append(problems, list...)}
	b.theme.Renderer, b.theme.mistakes = render.New(t, s.Base())
	b.theme.press = pressOf(t)
	b.theme.mail, b.theme.mailProblems = newsletter.NewStyle(t.Tokens)
	return nil
}

// pressOf gives what draws pictures in the light colours of a theme.
func pressOf(t *theme.Theme) *poster.Press {
	colours := poster.Colours{Paper: t.Tokens.Colour("paper", false), Ink: t.Tokens.Colour("ink", false), Accent: t.Tokens.Colour("accent", false)}
	for _, v := range markdown.Valences {
		colours.Valences = append(colours.Valences, t.Tokens.Colour(string(v), false))
	}
	return poster.New(colours)
}

// posterFile gives the file of the site that has the picture with a text: it has the digest of all that makes it.
func (t *loadedTheme) posterFile(text site.PosterText) string {
	return theme.Fingerprint("poster.png", t.press.Digest(poster.Text(text)))
}

// themeMoment says what a theme's folder, or none, was like.
type themeMoment struct {
	dir string
	sum source.Digest
}

func momentOf(dir string) themeMoment {
	m := themeMoment{dir: dir}
	if dir == "" {
		return m
	}
	if root, err := os.OpenRoot(dir); err == nil { // one that cannot be read is reported by who needs it
		defer root.Close()
		m.sum, _ = source.Moment(source.FS(root), source.Ignored)
	}
	return m
}

// sameTheme reports whether the theme's folder is as it was when it was read.
func (b *Builder) sameTheme() bool { return momentOf(b.themed.dir) == b.themed }

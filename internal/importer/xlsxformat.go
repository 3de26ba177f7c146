package importer

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// builtIn are the forms of numbers that a workbook has without saying so, by their number. Those of days are as the Dutch and
// British write them.
var builtIn = map[string]string{"1": "0", "2": "0.00", "3": "#,##0", "4": "#,##0.00", "9": "0%", "10": "0.00%", "11": "0.00E+00", "14": "d-m-yyyy",
	"15": "d-mmm-yy", "16": "d-mmm", "17": "mmm-yy", "18": "h:mm AM/PM", "19": "h:mm:ss AM/PM", "20": "h:mm", "21": "h:mm:ss", "22": "d-m-yyyy h:mm",
	"37": "#,##0;-#,##0", "38": "#,##0;-#,##0", "39": "#,##0.00;-#,##0.00", "40": "#,##0.00;-#,##0.00", "45": "mm:ss", "46": "[h]:mm:ss", "47": "mm:ss"}

var (
	// formatPart is a part of a form: words, what gives its width or colour, or a run of one sign.
	formatPart = regexp.MustCompile(`"[^"]*"|\\.|_.|\*.|\[[^\]]*\]|(?i:AM/PM|A/P)|[0#?]+(?:[,.][0#?]+)*,*|y+|m+|d+|h+|s+(?:\.0+)?|E[+-]0+|.`)
	isDay      = regexp.MustCompile(`(?i)[ymdhs]`)
	unspoken   = regexp.MustCompile(`"[^"]*"|\\.|_.|\*.|\[[^hms\]][^\]]*\]`)
	currency   = regexp.MustCompile(`^\[\$([^-\]]*)(?:-[^\]]*)?\]$`)
)

// show gives a number in a form.
func (b *workbook) show(v, format string) string {
	n, err := strconv.ParseFloat(v, 64)
	if err != nil || math.IsNaN(n) || math.IsInf(n, 0) {
		return v
	}
	sections := strings.Split(format, ";")
	section := sections[0]
	switch {
	case n < 0 && len(sections) > 1:
		section, n = sections[1], -n
	case n == 0 && len(sections) > 2:
		section = sections[2]
	}
	plain := unspoken.ReplaceAllString(section, "")
	switch {
	case strings.TrimSpace(section) == "" && format != "":
		return ""
	case format == "" || strings.EqualFold(strings.TrimSpace(plain), "general") || strings.TrimSpace(plain) == "@" || strings.Contains(plain, "/") && !isDay.MatchString(plain):
		return b.decimal(strconv.FormatFloat(round(n), 'f', -1, 64))
	case isDay.MatchString(plain) && !strings.ContainsAny(plain, "0#?"), strings.Contains(plain, "ss.0"):
		return b.day(n, section)
	}
	var out strings.Builder
	if n < 0 {
		out.WriteByte('-')
		n = -n
	}
	if strings.Contains(plain, "%") {
		n *= 100
	}
	parts := formatPart.FindAllString(section, -1)
	done := false
	for _, p := range parts {
		switch {
		case strings.ContainsAny(p[:1], "0#?"):
			if done {
				continue
			}
			done = true
			out.WriteString(b.number(n, p))
		default:
			out.WriteString(literal(p))
		}
	}
	return strings.TrimSpace(out.String())
}

// round leaves out what a number has too many of decimals by the way in which it is kept.
func round(n float64) float64 {
	r, err := strconv.ParseFloat(strconv.FormatFloat(n, 'g', 11, 64), 64)
	if err != nil {
		return n
	}
	if math.Abs(n) >= 1e10 {
		return n
	}
	return r
}

// literal gives the words of a part of a form.
func literal(p string) string {
	if m := currency.FindStringSubmatch(p); m != nil {
		return m[1]
	}
	switch p[0] {
	case '"':
		return strings.Trim(p, `"`)
	case '\\':
		return p[1:]
	case '_':
		return " "
	case '*', '[':
		return ""
	case 'E':
		return ""
	}
	return p
}

// number gives a number with as many decimals as a form has, and points between thousands if that has these.
func (b *workbook) number(n float64, form string) string {
	for strings.HasSuffix(form, ",") { // in thousands
		n, form = n/1000, form[:len(form)-1]
	}
	whole, decimals, _ := strings.Cut(form, ".")
	least := strings.Count(decimals, "0")
	places := min(len(decimals), 15)
	if n*math.Pow10(places) < 1e14 { // of the 15 digits that Excel knows, a 5 is rounded up
		n *= 1 + 1e-15
	}
	text := strconv.FormatFloat(n, 'f', places, 64)
	digits, rest, _ := strings.Cut(text, ".")
	for len(rest) > least && strings.HasSuffix(rest, "0") {
		rest = rest[:len(rest)-1]
	}
	for len(digits) < strings.Count(whole, "0") && len(digits) < 20 {
		digits = "0" + digits
	}
	if digits == "0" && !strings.Contains(whole, "0") && rest != "" {
		digits = ""
	}
	if strings.Contains(whole, ",") {
		for i := len(digits) - 3; i > 0; i -= 3 {
			digits = digits[:i] + "," + digits[i:]
		}
	}
	if rest != "" {
		digits += "." + rest
	}
	return b.decimal(digits)
}

// decimal puts a comma before decimals, and points between thousands, where the workbook is Dutch.
func (b *workbook) decimal(s string) string {
	if !b.dutch {
		return s
	}
	return strings.NewReplacer(",", ".", ".", ",").Replace(s)
}

var monthNames = map[bool][]string{
	false: strings.Fields("January February March April May June July August September October November December"),
	true:  strings.Fields("januari februari maart april mei juni juli augustus september oktober november december"),
}

var dayNames = map[bool][]string{
	false: strings.Fields("Sunday Monday Tuesday Wednesday Thursday Friday Saturday"),
	true:  strings.Fields("zondag maandag dinsdag woensdag donderdag vrijdag zaterdag"),
}

// day gives a number of days as a day and time.
func (b *workbook) day(n float64, form string) string {
	start := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	if b.since04 {
		start = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	if n < 0 || n > 2_958_466 {
		return strconv.FormatFloat(n, 'f', -1, 64)
	}
	if n < 60 && n >= 1 && !b.since04 { // the workbook believes in 29 February 1900
		start = start.AddDate(0, 0, 1)
	}
	t := start.AddDate(0, 0, int(n)).Add(time.Duration(math.Round((n-math.Floor(n))*86400)) * time.Second)
	parts := formatPart.FindAllString(form, -1)
	half := strings.Contains(strings.ToUpper(form), "AM/PM")
	var out strings.Builder
	pad := func(v, width int) {
		s := strconv.Itoa(v)
		for len(s) < width {
			s = "0" + s
		}
		out.WriteString(s)
	}
	before := "" // the last part that was one of a time
	for i, p := range parts {
		lower := strings.ToLower(p)
		next := ""
		for _, q := range parts[i+1:] {
			if q = strings.ToLower(q); q[0] == 's' || q[0] == 'h' || q[0] == 'd' || q[0] == 'y' || q[0] == 'm' {
				next = q
				break
			}
		}
		switch {
		case lower[0] == 'y':
			pad(t.Year()%map[bool]int{true: 100, false: 10000}[len(p) <= 2], min(len(p), 4))
		case lower[0] == 'm' && (before == "h" || strings.HasPrefix(next, "s")):
			pad(t.Minute(), len(p))
		case lower[0] == 'm':
			name := monthNames[b.dutch][t.Month()-1]
			switch {
			case len(p) <= 2:
				pad(int(t.Month()), len(p))
			case len(p) == 3:
				out.WriteString(name[:3])
			default:
				out.WriteString(name)
			}
		case lower[0] == 'd':
			name := dayNames[b.dutch][t.Weekday()]
			switch {
			case len(p) <= 2:
				pad(t.Day(), len(p))
			case len(p) == 3:
				out.WriteString(name[:map[bool]int{true: 2, false: 3}[b.dutch]])
			default:
				out.WriteString(name)
			}
		case lower[0] == 'h':
			h := t.Hour()
			if half {
				h = (h+11)%12 + 1
			}
			pad(h, len(p))
		case lower[0] == 's':
			pad(t.Second(), min(len(p), 2))
		case lower == "[h]" || lower == "[hh]":
			pad(int(n*24+1e-9), 1)
		case lower == "[m]" || lower == "[mm]":
			pad(int(n*1440+1e-9), 1)
		case lower == "am/pm":
			out.WriteString(t.Format("PM"))
		default:
			out.WriteString(literal(p))
		}
		if strings.ContainsAny(lower[:1], "ymdhs") || strings.HasPrefix(lower, "[h") {
			before = strings.Trim(lower, "[]")[:1]
		}
	}
	return strings.TrimSpace(out.String())
}

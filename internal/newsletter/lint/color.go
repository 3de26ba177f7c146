package lint

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"golang.org/x/image/colornames"
)

// A color is opaque, in sRGB with parts from 0 to 1.
type color [3]float64

var (
	black = color{0, 0, 0}
	white = color{1, 1, 1}
	blue  = color{0, 0, 238. / 255} // of links, in browsers
)

// String gives the color as #rrggbb.
func (c color) String() string {
	return fmt.Sprintf("#%02x%02x%02x", byte(math.Round(255*c[0])), byte(math.Round(255*c[1])), byte(math.Round(255*c[2])))
}

// parseColor reads a color as CSS and bgcolor write it: #rgb, #rrggbb, rgb(r, g, b) or a name.
func parseColor(text string) (c color, ok bool) {
	text = strings.ToLower(strings.TrimSpace(text))
	if named, ok := colornames.Map[text]; ok {
		return color{float64(named.R) / 255, float64(named.G) / 255, float64(named.B) / 255}, true
	}
	if digits, hex := strings.CutPrefix(text, "#"); hex {
		if len(digits) == 3 {
			digits = string([]byte{digits[0], digits[0], digits[1], digits[1], digits[2], digits[2]})
		}
		number, err := strconv.ParseUint(digits, 16, 24)
		if len(digits) != 6 || err != nil {
			return c, false
		}
		return color{float64(number>>16) / 255, float64(number>>8&255) / 255, float64(number&255) / 255}, true
	}
	inner, ok := strings.CutPrefix(strings.TrimSuffix(text, ")"), "rgb(")
	parts := strings.Split(inner, ",")
	if !ok || len(parts) != 3 {
		return c, false
	}
	for i, part := range parts {
		number, err := strconv.ParseUint(strings.TrimSpace(part), 10, 8)
		if err != nil {
			return c, false
		}
		c[i] = float64(number) / 255
	}
	return c, true
}

// linear takes the gamma out of a part of a color, and gamma puts it in: https://www.w3.org/TR/WCAG22/#dfn-relative-luminance
func linear(part float64) float64 {
	if part <= 0.04045 {
		return part / 12.92
	}
	return math.Pow((part+0.055)/1.055, 2.4)
}

func gamma(part float64) float64 {
	if part <= 0.0031308 {
		return math.Max(0, part*12.92)
	}
	return math.Min(1, 1.055*math.Pow(part, 1/2.4)-0.055)
}

func (c color) luminance() float64 {
	return 0.2126*linear(c[0]) + 0.7152*linear(c[1]) + 0.0722*linear(c[2])
}

// contrast gives the contrast ratio of two colors, from 1 to 21: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
func contrast(a, b color) float64 {
	low, high := a.luminance(), b.luminance()
	if low > high {
		low, high = high, low
	}
	return (high + 0.05) / (low + 0.05)
}

// A space is how linear sRGB relates to XYZ under a white point, row by row: http://www.brucelindbloom.com/Eqn_RGB_XYZ_Matrix.html
type space struct{ white, x, y, z, r, g, b [3]float64 }

// d65 is the white of sRGB itself; d50 is that of printing, which Chromium takes (adapted after Bradford).
var (
	d65 = space{
		white: [3]float64{0.95047, 1, 1.08883},
		x:     [3]float64{0.4124564, 0.3575761, 0.1804375}, y: [3]float64{0.2126729, 0.7151522, 0.072175}, z: [3]float64{0.0193339, 0.119192, 0.9503041},
		r: [3]float64{3.2404542, -1.5371385, -0.4985314}, g: [3]float64{-0.969266, 1.8760108, 0.041556}, b: [3]float64{0.0556434, -0.2040259, 1.0572252},
	}
	d50 = space{
		white: [3]float64{0.96422, 1, 0.82521},
		x:     [3]float64{0.4360747, 0.3850649, 0.1430804}, y: [3]float64{0.2225045, 0.7168786, 0.0606169}, z: [3]float64{0.0139322, 0.0971045, 0.7141733},
		r: [3]float64{3.1338561, -1.6168667, -0.4906146}, g: [3]float64{-0.9787684, 1.9161415, 0.033454}, b: [3]float64{0.0719453, -0.2289914, 1.4052427},
	}
)

func dot(a, b [3]float64) float64 { return a[0]*b[0] + a[1]*b[1] + a[2]*b[2] }

// relit gives the color with another CIELAB lightness (CIE 15), of the same a and b; what sRGB does not have is clipped.
func (s space) relit(c color, change func(lightness float64) float64) color {
	rgb := [3]float64{linear(c[0]), linear(c[1]), linear(c[2])}
	x, y, z := lab(dot(s.x, rgb)/s.white[0]), lab(dot(s.y, rgb)), lab(dot(s.z, rgb)/s.white[2])
	moved := (change(116*y-16)+16)/116 - y
	xyz := [3]float64{unlab(x+moved) * s.white[0], unlab(y + moved), unlab(z+moved) * s.white[2]}
	return color{gamma(dot(s.r, xyz)), gamma(dot(s.g, xyz)), gamma(dot(s.b, xyz))}
}

func lab(t float64) float64 {
	if t > 216./24389 {
		return math.Cbrt(t)
	}
	return (24389./27*t + 16) / 116
}

func unlab(t float64) float64 {
	if t > 6./29 {
		return t * t * t
	}
	return (116*t - 16) * 27 / 24389
}

// inverted gives the color as a client shows it that inverts all of a mail: as Outlook does, by the source of Microsoft's roosterjs
// (getDarkColor, MIT), which maps lightness 0 to 100, and 100 to that of #333333.
func (c color) inverted() color {
	const darkest = 21.247
	return d65.relit(c, func(l float64) float64 { return (100-l)*(100-darkest)/100 + darkest })
}

// halfInverted gives the color as a client shows it that makes light backgrounds dark and dark texts light, and leaves the others. The
// figures are those of Chromium's dark mode, which Android's web views have (third_party/blink/renderer/platform/graphics, dark_mode_*):
// texts of a brightness under 150 and backgrounds over 205 change, their lightness L to at most 110 - L; dark greys become #121212.
func (c color) halfInverted(background bool) color {
	brightness := math.Floor(255*(299*c[0]+587*c[1]+114*c[2])/1000 + 1e-6) // https://www.w3.org/TR/AERT/#color-contrast
	if background && brightness <= 205 || !background && brightness >= 150 {
		return c
	}
	out := d50.relit(c, func(l float64) float64 { return math.Min(110-l, 100) })
	if grey := out[0]; math.Abs(grey-out[1]) < 1e-3 && math.Abs(grey-out[2]) < 1e-3 && grey > 18./255 && grey < 32./255 {
		return color{18. / 255, 18. / 255, 18. / 255}
	}
	return out
}

// Colours as mail clients change them in dark mode. The models and their sources are those of internal/newsletter/lint/color.go; colours
// are [red, green, blue], each from 0 to 255.

const linear = (part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
const gamma = (part) => Math.min(1, Math.max(0, part <= 0.0031308 ? part * 12.92 : 1.055 * part ** (1 / 2.4) - 0.055));
const lab = (t) => (t > 216 / 24389 ? Math.cbrt(t) : ((24389 / 27) * t + 16) / 116);
const unlab = (t) => (t > 6 / 29 ? t ** 3 : ((116 * t - 16) * 27) / 24389);

// ratio gives the contrast ratio of two colours, from 1 to 21 (WCAG).
export function ratio(a, b) {
  const luminance = ([red, green, blue]) => 0.2126 * linear(red / 255) + 0.7152 * linear(green / 255) + 0.0722 * linear(blue / 255);
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

const d65 = {
  white: [0.95047, 1, 1.08883],
  to: [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.072175], [0.0193339, 0.119192, 0.9503041]],
  from: [[3.2404542, -1.5371385, -0.4985314], [-0.969266, 1.8760108, 0.041556], [0.0556434, -0.2040259, 1.0572252]],
};
const d50 = {
  white: [0.96422, 1, 0.82521],
  to: [[0.4360747, 0.3850649, 0.1430804], [0.2225045, 0.7168786, 0.0606169], [0.0139322, 0.0971045, 0.7141733]],
  from: [[3.1338561, -1.6168667, -0.4906146], [-0.9787684, 1.9161415, 0.033454], [0.0719453, -0.2289914, 1.4052427]],
};
const dot = (a, b) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

// relit gives a colour with another CIELAB lightness.
function relit({ white, to, from }, color, change) {
  const rgb = color.map((part) => linear(part / 255));
  const curved = to.map((row, i) => lab(dot(row, rgb) / white[i]));
  const moved = (change(116 * curved[1] - 16) + 16) / 116 - curved[1];
  const xyz = curved.map((part, i) => unlab(part + moved) * white[i]);
  return from.map((row) => 255 * gamma(dot(row, xyz)));
}

// inverted gives a colour as clients show it that invert all of a mail.
export function inverted([...color]) {
  return relit(d65, color.slice(0, 3), (lightness) => ((100 - lightness) * (100 - 21.247)) / 100 + 21.247);
}

// halfInverted gives a colour as clients show it that invert light backgrounds and dark texts alone.
export function halfInverted([red, green, blue], background) {
  const brightness = Math.floor((299 * red + 587 * green + 114 * blue) / 1000);
  if (background ? brightness <= 205 : brightness >= 150) return [red, green, blue];
  const out = relit(d50, [red, green, blue], (lightness) => Math.min(110 - lightness, 100));
  const grey = Math.max(...out) - Math.min(...out) < 0.255;
  return grey && out[0] > 18 && out[0] < 32 ? [18, 18, 18] : out;
}

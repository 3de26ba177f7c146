// Compares halfInverted with what Chromium's own dark mode paints, and prints where they differ by more than 6 of 255 in a part.
import { launch } from './chromium.mjs';
import { halfInverted } from './mail-color.mjs';

const parts = [0, 21, 66, 115, 160, 210, 255];
const colors = parts.flatMap((r) => parts.flatMap((g) => parts.map((b) => [r, g, b])));
const browser = await launch();
const page = await browser.newPage({ viewport: { width: colors.length * 2, height: 40 } });
const client = await page.context().newCDPSession(page);
await client.send('Emulation.setAutoDarkModeOverride', { enabled: true });
for (const background of [true, false]) {
  // A background is a box; a text is one large full block (U+2588) on black, a character without edges.
  await page.setContent(`<body style="margin:0;background:#000">${colors.map((color, i) => {
    const place = `position:absolute;left:${2 * i}px;width:2px;height:40px;overflow:hidden`;
    return background ? `<div style="${place};background:rgb(${color})"></div>` : `<div style="${place};font:80px/40px 'DejaVu Sans Mono';text-indent:-20px;color:rgb(${color})">█</div>`;
  }).join('')}`);
  const picture = (await page.screenshot()).toString('base64');
  const painted = await page.evaluate(async ([data, count]) => {
    const bitmap = await createImageBitmap(await (await fetch(`data:image/png;base64,${data}`)).blob());
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
    canvas.drawImage(bitmap, 0, 0);
    return Array.from({ length: count }, (_, i) => [...canvas.getImageData(2 * i, 20, 1, 1).data.slice(0, 3)]);
  }, [picture, colors.length]);
  colors.forEach((color, i) => {
    const want = halfInverted(color, background).map(Math.round);
    if (want.some((part, j) => Math.abs(part - painted[i][j]) > 6)) console.log(`${background ? 'background' : 'text'} ${color}: Chromium ${painted[i]}, halfInverted ${want}`);
  });
}
await browser.close();

// Runs axe in a page: WCAG 2.2 A and AA, and best practice.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

// violations gives what is wrong with a page of Playwright, or of Puppeteer in Chromium, in words; only are the rules that are asked, of all.
export async function violations(page, { print = false, only = tags } = {}) {
  // The browser's own protocol is not bound by the page's policy, so axe may be run under it.
  if (!await page.evaluate(() => 'axe' in window)) {
    const client = await (page.createCDPSession?.() ?? page.context().newCDPSession(page));
    await client.send('Runtime.evaluate', { expression: axe });
    if (page.createCDPSession) await client.detach(); // with a session of Playwright the look that is emulated would go
  }
  const result = await page.evaluate(({ only, print }) => window.axe.run(document, {
    runOnly: only, resultTypes: ['violations'],
    rules: { 'target-size': { enabled: !print } }, // paper has no targets
  }), { only, print });
  return result.violations.flatMap((v) => v.nodes.slice(0, 3).map((node) => (
    `axe ${v.id}: ${node.target.join(' ')}: ${node.failureSummary.replace(/\s+/g, ' ')}`)));
}

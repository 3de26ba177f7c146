// Reads the messages of newsletters with a parser, and prints what is wrong, one JSON object a line: {page, mode, problem}.
// usage: node eml.mjs FOLDER MAIL…   (MAIL: the path of a mail.html below FOLDER, with a mail.eml beside it)
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import PostalMime from 'postal-mime';

const [folder, ...mails] = process.argv.slice(2);
const report = (page, mode, problem) => console.log(JSON.stringify({ page, mode, problem }));

async function parse(name, html) {
  const base = path.join(folder, path.dirname(name));
  const mail = await PostalMime.parse(await readFile(path.join(base, 'mail.eml')));
  const text = await readFile(path.join(base, 'mail.txt'), 'utf8');
  // Postal-mime counts the line end before a boundary to the part.
  if (mail.html.trimEnd() !== html.trimEnd()) report(name, 'eml', 'another HTML');
  if (mail.text.trimEnd() !== text.trimEnd()) report(name, 'eml', 'another text');
  if (!mail.subject || mail.attachments.length || mail.date || mail.messageId || !mail.from?.address) report(name, 'eml', JSON.stringify({ ...mail, html: '', text: '' }));
  const title = html.match(/<title>([^]*?)<\/title>/)[1].replace(/\s+/g, ' ').replaceAll('&amp;', '&');
  if (mail.subject !== title) report(name, 'eml', `subject ${mail.subject}, title ${title}`);
}

for (const name of mails) {
  const html = await readFile(path.join(folder, name), 'utf8');
  await parse(name, html);
}

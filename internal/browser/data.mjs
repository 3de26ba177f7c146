// Checks the data set of findings and what describes it, as programs of others read them.
// node data.mjs FOLDER NAME: FOLDER has NAME.csv, NAME.json and the rest. It prints what it read, and fails where something is wrong.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { Readable } from 'node:stream';
import model from '@rdfjs/data-model';
import rdf from '@rdfjs/dataset';
import Parser from '@zazuko/rdf-parser-csvw';
import Ajv from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { parse } from 'csv-parse/sync';
import jsonld from 'jsonld';

const [folder, name] = process.argv.slice(2);
const read = (file) => fs.readFileSync(`${folder}/${file}`, 'utf8');
const json = (file) => JSON.parse(read(file));

// The list fits its schema, and what is broken does not.
const ajv = new Ajv({ strict: true, allErrors: true });
formats(ajv);
const schema = json(`${name}.schema.json`);
const fits = ajv.compile(schema);
const records = json(`${name}.json`);
assert(records.length > 5);
assert(fits(records), JSON.stringify(fits.errors, null, 1));
const broken = {
  'no list': records[0],
  ...Object.fromEntries(Object.keys(records[0]).map((key) => [`no ${key}`, [{ ...records[0], [key]: undefined }]])),
  ...Object.fromEntries(Object.keys(records[0]).map((key) => [`a number for ${key}`, [{ ...records[0], [key]: 1 }]])),
  'another key': [{ ...records[0], more: '' }],
  'another valence': [{ ...records[0], valence: 'good' }],
  'another reach': [{ ...records[0], reach: 'few' }],
  'another kind': [{ ...records[0], kind: 'blogs' }],
  'no day': [{ ...records[0], date: '2021-02-30' }],
  'no address': [{ ...records[0], url: '/sheets/' }],
  'no address before': [{ ...records[0], follows: 'sheets/a#b' }],
  'no language': [{ ...records[0], language: 'en_GB' }],
};
for (const [what, list] of Object.entries(broken)) assert(!fits(JSON.parse(JSON.stringify(list))), `the schema takes ${what}`);

// The metadata tell of each column, and each cell is what they say.
const metadata = json(`${name}.csv-metadata.json`);
const text = read(`${name}.csv`);
const [head, ...rows] = parse(text);
const { columns, primaryKey } = metadata.tableSchema;
assert.equal(metadata.url, `${name}.csv`);
assert.deepEqual(columns.map((c) => c.titles), head);
assert.equal(new Set(columns.map((c) => c.name)).size, head.length);
const key = columns.findIndex((c) => c.name === primaryKey);
assert.equal(new Set(rows.map((row) => row[key])).size, rows.length);
const types = {
  string: () => true,
  date: (cell) => /^\d{4}-\d\d-\d\d$/.test(cell) && new Date(cell).toISOString().startsWith(cell),
  anyURI: (cell) => URL.canParse(cell),
  language: (cell) => /^[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*$/.test(cell),
};
for (const row of rows) {
  columns.forEach(({ datatype, required, titles }, i) => {
    if (!row[i]) return assert(!required, `${titles} is empty`);
    const { base, format } = typeof datatype === 'string' ? { base: datatype } : datatype;
    assert(types[base](row[i]), `${titles}: ${row[i]}`);
    if (base === 'string' && format) assert.match(row[i], new RegExp(format));
  });
}

// A reader of CSV on the Web gives with them what the list of objects has. The context stands in for that of the W3C, as to the terms that are used.
const csvw = {
  '@vocab': 'http://www.w3.org/ns/csvw#', csvw: 'http://www.w3.org/ns/csvw#', dc: 'http://purl.org/dc/terms/', xsd: 'http://www.w3.org/2001/XMLSchema#',
  columns: { '@id': 'csvw:column', '@container': '@list' }, titles: 'csvw:title', url: { '@type': '@id' },
  date: 'xsd:date', string: 'xsd:string', anyURI: 'xsd:anyURI', language: 'xsd:language', datatype: { '@id': 'csvw:datatype', '@type': '@vocab' },
  base: { '@id': 'csvw:base', '@language': null }, format: { '@id': 'csvw:format', '@language': null }, name: { '@id': 'csvw:name', '@language': null },
};
const documentLoader = async (url) => {
  assert.equal(url, 'http://www.w3.org/ns/csvw');
  return { document: { '@context': csvw }, documentUrl: url };
};
const base = records[0].url.replace(/\/[^/]*\/[^/]*\/[^/]*$/, '/');
const term = ({ termType, value, language, datatype }) => {
  if (termType === 'NamedNode') return model.namedNode(value);
  return termType === 'BlankNode' ? model.blankNode(value) : model.literal(value, language || model.namedNode(datatype.value));
};
const statements = await jsonld.toRDF(metadata, { base, documentLoader });
const described = rdf.dataset(statements.map((q) => model.quad(term(q.subject), term(q.predicate), term(q.object))));
const values = new Map();
for await (const { subject, predicate, object } of Parser.import(Readable.from([text]), { metadata: described, baseIRI: base })) {
  const of = values.get(subject.value) ?? {};
  values.set(subject.value, of);
  (of[predicate.value.replace(/^.*[#/]/, '')] ??= []).push(object);
}
const findings = [...values.values()].filter((of) => of[primaryKey]);
assert.equal(findings.length, records.length, 'a reader of CSV on the Web gives as many findings');
findings.forEach((of, i) => {
  const get = (column) => (of[column] ?? []).map((o) => o.value);
  const want = records[i];
  assert.deepEqual(get('address'), [want.url]);
  assert.deepEqual(get('date'), want.date ? [want.date] : []);
  assert.deepEqual(get('topics').join('').split(columns.find((c) => c.name === 'topics').separator).filter(Boolean), want.topics); // which that reader does not part
  assert.deepEqual(get('follows'), want.follows ? [want.follows] : []);
  assert.equal(get('text')[0].replace(/^'(?=[=+\-@\t\r])/, ''), want.text);
  assert.deepEqual(get('language'), [want.language]);
  if (want.date) assert.equal(of.date[0].datatype.value, 'http://www.w3.org/2001/XMLSchema#date');
});

// The description expands without anything lost, and has what DCAT-AP 3 and DCAT-AP-NL ask of each thing.
const graph = await jsonld.flatten(json('dcat.jsonld'), null, { safe: true });
const dcat = 'http://www.w3.org/ns/dcat#';
const dct = 'http://purl.org/dc/terms/';
const foaf = 'http://xmlns.com/foaf/0.1/';
const vcard = 'http://www.w3.org/2006/vcard/ns#';
const eu = 'http://publications.europa.eu/resource/authority/';
const all = (type) => graph.filter((node) => node['@type']?.includes(type));
const [catalog, set] = [all(`${dcat}Catalog`), all(`${dcat}Dataset`)].map((list) => {
  assert.equal(list.length, 1);
  return list[0];
});
const files = all(`${dcat}Distribution`);
assert.equal(files.length, 2);
const said = (node, property) => {
  const list = node[property] ?? [];
  assert(list.length && list.every((v) => v['@value'] && v['@language']), `${property} of ${node['@id']}`);
};
const at = (node, property, pattern) => {
  const list = node[property] ?? [];
  assert(list.length && list.every((v) => pattern.test(v['@id'])), `${property} of ${node['@id']}: ${JSON.stringify(list)}`);
  return list.map((v) => v['@id']);
};
const node = (id) => graph.find((n) => n['@id'] === id);
for (const thing of [catalog, set]) {
  said(thing, `${dct}title`);
  said(thing, `${dct}description`);
  const [publisher] = at(thing, `${dct}publisher`, /^https:/);
  assert(node(publisher)['@type'].includes(`${foaf}Agent`));
  said(node(publisher), `${foaf}name`);
  const contacts = at(thing, `${dcat}contactPoint`, /^https:/);
  assert.equal(contacts.length, 1);
  const contact = node(contacts[0]);
  assert(contact[`${vcard}fn`] && (contact[`${vcard}hasEmail`] || contact[`${vcard}hasURL`]));
}
assert.deepEqual(at(catalog, `${dcat}dataset`, /./), [set['@id']]);
assert.equal(set[`${dct}identifier`].length, 1);
at(set, `${dct}creator`, /^https:/);
at(set, `${dcat}theme`, new RegExp(`^${eu}data-theme/[A-Z]{4}$`));
at(set, `${dct}accessRights`, new RegExp(`^${eu}access-right/PUBLIC$`));
at(set, `${dcat}landingPage`, /^https:/);
said(set, `${dcat}keyword`);
assert.deepEqual(new Set(at(set, `${dcat}distribution`, /./)), new Set(files.map((f) => f['@id'])));
const languages = { nl: 'NLD', en: 'ENG', de: 'DEU' };
assert.deepEqual(new Set(at(set, `${dct}language`, /./)), new Set([metadata['@context'][1]['@language'], ...records.map((r) => r.language)].map((l) => `${eu}language/${languages[l]}`)));
const days = records.map((r) => r.date).filter(Boolean).sort();
assert.equal(set[`${dct}issued`][0]['@value'], days[0]);
assert(set[`${dct}modified`][0]['@value'] >= days.at(-1));
assert.equal(set[`${dct}issued`][0]['@type'], 'http://www.w3.org/2001/XMLSchema#date');
for (const file of files) {
  said(file, `${dct}title`);
  const [download] = at(file, `${dcat}downloadURL`, /^https:/);
  assert.deepEqual(at(file, `${dcat}accessURL`, /^https:/), [download]);
  const ending = download.split('.').at(-1);
  at(file, `${dct}format`, new RegExp(`^${eu}file-type/${ending.toUpperCase()}$`));
  at(file, `${dcat}mediaType`, new RegExp(`^http://www.iana.org/assignments/media-types/(text|application)/${ending}$`));
  const [standard] = at(file, `${dct}conformsTo`, /^https:/);
  for (const address of [download, standard]) assert(fs.existsSync(`${folder}/${address.split('/').at(-1)}`), address);
  if (ending === 'json') assert.equal(standard, schema.$id);
}
const quads = await jsonld.toRDF(json('dcat.jsonld'), { safe: true });
const licences = files.map((f) => f[`${dct}license`]?.[0]['@id']);
console.log(`${records.length} findings fit the schema, ${Object.keys(broken).length} broken lists do not; ${findings.length} rows by CSV on the Web; ${quads.length} statements of DCAT, licence ${licences[0]}`);

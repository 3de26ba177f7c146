// Asks the npm package caniemail what e-mail clients do not support. Standard input is JSON: {html, clients}, with clients by its names.
// Standard output is JSON: a list of {client, title, support}, with support none or partial; {client, title: ""} where it fails.
import { text } from 'node:stream/consumers';
import { caniemail } from 'caniemail';

const { html, clients } = JSON.parse(await text(process.stdin));
const found = clients.flatMap((client) => {
  try {
    const { errors, warnings } = caniemail({ clients: [client], html }).issues;
    return [errors, warnings].flatMap((map) => map.get(client) ?? []).map(({ title, support }) => ({ client, title, support }));
  } catch {
    return [{ client, title: '' }]; // it knows nothing about a feature in this client
  }
});
console.log(JSON.stringify(found));

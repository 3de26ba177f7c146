// Colours the markers of findings, and makes what stands between braces behind them small.
import { Decoration, MatchDecorator, ViewPlugin } from './codemirror.js';

const valences = { '+': 'works', '!': 'attention', '~': 'mixed', '-': 'fails', '?': 'question' };

const matcher = new MatchDecorator({
  regexp: /(?<=^\s*[-*+] )\[([+!~?-])\](?= )|\{[#.:\w][^{}\n]*\}(?=\s*$)/g,
  decoration: ([, sign]) => Decoration.mark({ class: sign ? `marker ${valences[sign]}` : 'attributes' }),
});

// marks is the extension.
export const marks = ViewPlugin.define((view) => ({
  decorations: matcher.createDeco(view),
  update(update) { this.decorations = matcher.updateDeco(update, this.decorations); },
}), { decorations: (plugin) => plugin.decorations });

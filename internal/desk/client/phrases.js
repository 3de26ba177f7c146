// The words of CodeMirror itself.
import { about } from './words.js';

const dutch = {
  'Find': 'Zoek', 'Replace': 'Vervang door', 'next': 'volgende', 'previous': 'vorige', 'all': 'alle', 'match case': 'hoofdletters', 'by word': 'hele woorden',
  'regexp': 'patroon', 'replace': 'vervang', 'replace all': 'vervang alle', 'close': 'sluiten', 'current match': 'gevonden', 'on line': 'op regel',
  'replaced match on line $': 'vervangen op regel $', 'replaced $ matches': '$ keer vervangen', 'Go to line': 'Naar regel', 'go': 'ga',
  'Completions': 'Aanvullingen', 'Diagnostics': 'Problemen', 'No diagnostics': 'Geen problemen', 'Control character': 'Stuurteken',
  'Selection deleted': 'Selectie verwijderd', 'Undo': 'Ongedaan maken', 'Redo': 'Opnieuw', 'Revert this chunk': 'Dit stuk overnemen',
  'Folded lines': 'Ingeklapt', 'Unfolded lines': 'Uitgeklapt', 'to': 'tot', 'unfold': 'uitklappen', '$ unchanged lines': '$ gelijke regels',
};

// phrases gives them in the language of the publication.
export const phrases = () => (about.language === 'nl' ? dutch : {});

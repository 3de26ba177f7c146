// Stands for @codemirror/lang-html, which @codemirror/lang-markdown would have the HTML in a text read by: a text of the publication may have
// none, and HTML, CSS and JavaScript are a quarter of the bundle.
export const html = () => ({ language: {}, support: [] });
export const htmlCompletionSource = () => null;

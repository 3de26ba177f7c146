// The parts of CodeMirror that the desk uses, as one module.
export { autocompletion, completionKeymap } from '@codemirror/autocomplete';
export { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
export { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
export { markdown, markdownLanguage } from '@codemirror/lang-markdown';
export { yaml, yamlFrontmatter } from '@codemirror/lang-yaml';
export { lintKeymap, setDiagnostics } from '@codemirror/lint';
export { LSPClient, LSPPlugin, hoverTooltips, serverCompletionSource } from '@codemirror/lsp-client';
export { MergeView } from '@codemirror/merge';
export { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
export { EditorSelection, EditorState, StateEffect, StateField } from '@codemirror/state';
export { Decoration, EditorView, MatchDecorator, ViewPlugin, WidgetType, drawSelection, dropCursor, highlightSpecialChars, keymap } from '@codemirror/view';
export { tags } from '@lezer/highlight';

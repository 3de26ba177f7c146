// The parts of CodeMirror that the desk uses, as one module.
export { closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
export { defaultKeymap, history, historyKeymap, indentLess, indentMore, redo, undo } from '@codemirror/commands';
export { HighlightStyle, indentUnit, syntaxHighlighting, syntaxTree } from '@codemirror/language';
export { markdown, markdownKeymap, markdownLanguage } from '@codemirror/lang-markdown';
export { yaml, yamlFrontmatter } from '@codemirror/lang-yaml';
export { forceLinting, lintKeymap, nextDiagnostic, openLintPanel, setDiagnostics } from '@codemirror/lint';
export { LSPClient, LSPPlugin, hoverTooltips, serverCompletion } from '@codemirror/lsp-client';
export { MergeView } from '@codemirror/merge';
export { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
export { Annotation, Compartment, EditorSelection, EditorState, StateEffect, StateField, Transaction } from '@codemirror/state';
export { Decoration, EditorView, ViewPlugin, WidgetType, drawSelection, dropCursor, highlightSpecialChars, keymap } from '@codemirror/view';
export { tags } from '@lezer/highlight';

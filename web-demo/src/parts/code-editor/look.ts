// How the editor looks: the classes of what it highlights get their colours from the page's style.
import { classHighlighter } from '@lezer/highlight';
import { syntaxHighlighting } from '@codemirror/language';
import { EditorView } from '@codemirror/view';

const MEASURES = EditorView.theme({
  '.cm-scroller': { fontFamily: 'inherit', lineHeight: '1.45' },
  '&.cm-focused': { outline: 'none' },
});

export const LOOK = [MEASURES, syntaxHighlighting(classHighlighter)];

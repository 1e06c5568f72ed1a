// The editor of policies: CodeMirror, loaded when the first one is shown.
import { autocompletion, closeBrackets, closeBracketsKeymap, closeCompletion, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { json } from '@codemirror/lang-json';
import { bracketMatching, indentOnInput } from '@codemirror/language';
import { lintGutter, setDiagnostics, type Diagnostic } from '@codemirror/lint';
import { Annotation, Compartment, EditorState, type Extension } from '@codemirror/state';
import { EditorView, drawSelection, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view';
import { useEffect, useLayoutEffect, useRef } from 'react';
import type { Finding } from '../../kms/finding';
import { completing } from './completions';
import { LOOK } from './look';
import { rangeOf } from './place';

export interface EditorProps {
  label: string;
  value: string;
  readOnly: boolean;
  /** Whether it is a policy, or other JSON, in which nothing is suggested. */
  isPolicy: boolean;
  findings: readonly Finding[];
  /** Whom principals can name. */
  principals: readonly string[];
  onChange(text: string): void;
}

const readingOnly = (is: boolean, label: string): Extension => [
  EditorState.readOnly.of(is),
  EditorView.editable.of(!is),
  // What cannot be edited can still be scrolled and copied with the keyboard.
  EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'false', ...(is ? { tabindex: '0', 'aria-readonly': 'true' } : {}) }),
];

/** A text that the page has given, and nobody has typed. */
const given = Annotation.define<true>();

/** Escape closes what is suggested, and not the dialog around it. */
const LEAVE = keymap.of([{ key: 'Escape', run: closeCompletion, stopPropagation: true }]);

const KEYS = keymap.of([...closeBracketsKeymap, ...completionKeymap, ...historyKeymap, ...defaultKeymap]);

export default function Editor({ label, value, readOnly, isPolicy, findings, principals, onChange }: EditorProps) {
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const reading = useRef(new Compartment());
  // What CodeMirror asks for is what the page says now.
  const said = useRef({ principals, onChange });
  said.current = { principals, onChange };
  const first = useRef({ label, value, readOnly, isPolicy });

  useEffect(() => {
    const { label, value, readOnly, isPolicy } = first.current;
    const editor = new EditorView({
      ...(place.current ? { parent: place.current } : {}),
      doc: value,
      extensions: [
        lineNumbers(),
        history(),
        drawSelection(),
        highlightActiveLine(),
        indentOnInput(),
        bracketMatching(),
        closeBrackets(),
        EditorView.lineWrapping,
        json(),
        LOOK,
        ...(isPolicy ? [lintGutter(), autocompletion({ override: [completing(() => said.current.principals)] }), LEAVE] : []),
        KEYS,
        reading.current.of(readingOnly(readOnly, label)),
        EditorView.updateListener.of((update) => {
          const typed = update.transactions.some((transaction) => transaction.docChanged && !transaction.annotation(given));
          if (typed) said.current.onChange(update.state.doc.toString());
        }),
      ],
    });
    view.current = editor;
    return () => {
      view.current = null;
      editor.destroy();
    };
  }, []);

  // Before the next key is heard: what was typed meanwhile is never taken back.
  useLayoutEffect(() => {
    const editor = view.current;
    if (!editor || editor.state.doc.toString() === value) return;
    editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: value }, annotations: given.of(true) });
  }, [value]);

  useEffect(() => {
    view.current?.dispatch({ effects: reading.current.reconfigure(readingOnly(readOnly, label)) });
  }, [readOnly, label]);

  useEffect(() => {
    const editor = view.current;
    if (editor) editor.dispatch(setDiagnostics(editor.state, findings.map((finding) => diagnosed(editor.state, finding))));
  }, [findings]);

  return <div ref={place} />;
}

function diagnosed(state: EditorState, { code, severity, place, sentence, reason, mend }: Finding): Diagnostic {
  return { ...rangeOf(state, place), severity, source: code, message: [sentence, reason, mend].filter(Boolean).join('\n') };
}

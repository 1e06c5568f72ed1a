// A text of a lesson: prose, with names and values as code. Nothing of it is ever read as HTML.
import Box from '@cloudscape-design/components/box';
import { useMemo } from 'react';
import { piecesOf } from './texts';
import type { Values } from './values';

export function ToldText({ id, text, values }: { id?: string; text: string; values: Values }) {
  const pieces = useMemo(() => piecesOf(text, values), [text, values]);
  return (
    <p className="lesson-text" id={id}>
      {pieces.map(({ text, isCode }, at) =>
        isCode ? (
          <Box key={at} variant="code">
            {text}
          </Box>
        ) : (
          text
        ),
      )}
    </p>
  );
}

// "As code": the calls that a person has made, in the languages of AWS's tools.
import Button, { type ButtonProps } from '@cloudscape-design/components/button';
import { useState } from 'react';
import { words } from '../../words';
import type { MadeCall } from '../../world/protocol';
import { CodeModal } from './code-modal';

const { code } = words;

interface Props {
  calls: readonly MadeCall[];
  /** The address of an API of this world. */
  api: string | null;
  /** In a table, where many of them stand one below the other. */
  inTable?: boolean;
}

/** Shows nothing where nobody knows what was asked. */
export function AsCode({ calls, api, inTable = false }: Props) {
  const first = calls.find(({ recorded }) => recorded);
  if (!first) return null;
  const name = code.of(first.operation);
  return <CodeButton calls={calls} api={api} variant="inline-link" text={code.title} name={inTable ? `${name} ${first.number}` : name} />;
}

interface ButtonOptions extends Omit<Props, 'inTable'> {
  variant: ButtonProps.Variant;
  text: string;
  name: string;
  disabled?: boolean;
}

export function CodeButton({ calls, api, variant, text, name, disabled = false }: ButtonOptions) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant={variant} formAction="none" ariaLabel={name} disabled={disabled} onClick={() => setOpen(true)}>
        {text}
      </Button>
      {open && <CodeModal calls={calls} api={api} onDismiss={() => setOpen(false)} />}
    </>
  );
}

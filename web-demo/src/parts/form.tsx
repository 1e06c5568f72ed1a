// Fields with one button that acts on them: Enter presses it, and in a field of several lines Ctrl+Enter or Cmd+Enter.
import type { KeyboardEvent, ReactNode } from 'react';

interface Props {
  id?: string;
  /** Keys press no button that a pointer cannot press either. */
  disabled?: boolean;
  onSubmit(): void;
  children: ReactNode;
}

export function Form({ id, disabled = false, onSubmit, children }: Props) {
  const press = (event: KeyboardEvent<HTMLFormElement>) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.currentTarget.requestSubmit();
  };
  return (
    <form
      id={id}
      noValidate
      onKeyDown={press}
      onSubmit={(event) => {
        event.preventDefault();
        // A dialog stands inside of the page in React's tree, not in the document's.
        event.stopPropagation();
        if (!disabled) onSubmit();
      }}
    >
      {children}
    </form>
  );
}

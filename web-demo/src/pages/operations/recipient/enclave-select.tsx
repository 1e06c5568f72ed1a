// A choice among the enclaves that run.
import FormField from '@cloudscape-design/components/form-field';
import Select from '@cloudscape-design/components/select';
import { useState, type ReactNode } from 'react';
import { recipientWords } from '../../../words-of-recipient';
import type { RunningEnclave } from '../../../world/enclaves';

interface Choice {
  /** `undefined` where there is none, or nobody was chosen. */
  enclave: RunningEnclave | undefined;
  field: ReactNode;
}

/** Who is not to be an enclave has a name in the list, too. */
const NOBODY = '';

/** `nobody` is offered beside the enclaves where it is given. The last that has started is chosen at first. */
export function useEnclave(label: string, enclaves: readonly RunningEnclave[], nobody?: string): Choice {
  const [chosen, setChosen] = useState<string>();
  const enclave = chosen === NOBODY ? undefined : (enclaves.find(({ id }) => id === chosen) ?? enclaves.at(-1));
  const options = [
    ...(nobody === undefined ? [] : [{ value: NOBODY, label: nobody }]),
    ...enclaves.map(({ id, name }) => ({ value: id, label: name, description: id })),
  ];
  const field = (
    <FormField label={label} stretch>
      <Select
        selectedOption={options.find(({ value }) => value === (enclave?.id ?? NOBODY)) ?? null}
        options={options}
        placeholder={recipientWords.attest.none}
        empty={recipientWords.attest.none}
        onChange={({ detail }) => setChosen(detail.selectedOption.value)}
      />
    </FormField>
  );
  return { enclave, field };
}

// Key material that the browser makes. Whoever wants to import it again keeps it.
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { toBase64 } from '../../kms/bytes';
import { canGenerate, generateMaterial } from '../../kms/wrapping';
import { Bytes } from '../../parts/bytes';
import { Refused } from '../../parts/refused';
import { useAct } from '../../shell/notifications';
import { words } from '../../words';
import { usePlace } from '../../world/context';
import type { SourceProps } from './draft';

const { material } = words.importing;

export function Generate({ metadata: { KeySpec, KeyId }, draft: { generated }, missing, onChange }: SourceProps) {
  const { region } = usePlace();
  const { act, busy, refused } = useAct();
  const possible = canGenerate(KeySpec, region);
  const generate = async () => {
    const made = await act(() => generateMaterial(KeySpec, region));
    if (made) onChange({ generated: made });
  };
  const fault = possible ? !generated && missing : words.importing.notMade(KeySpec);
  return (
    <SpaceBetween size="m">
      <FormField errorText={fault}>
        <Button disabled={!possible} loading={busy} onClick={() => void generate()}>
          {material.action}
        </Button>
      </FormField>
      <Refused refusal={refused} />
      {generated && (
        <>
          <Bytes label={material.generated} bytes={generated} />
          <SpaceBetween size="xs">
            {material.keep}
            <Button
              iconName="download"
              href={`data:application/octet-stream;base64,${encodeURIComponent(toBase64(generated))}`}
              download={`${KeyId}.material`}
            >
              {material.download}
            </Button>
          </SpaceBetween>
        </>
      )}
    </SpaceBetween>
  );
}

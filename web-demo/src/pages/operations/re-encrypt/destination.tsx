// The key that a ciphertext moves to: one of this account, or any that is named, also of another account.
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import RadioGroup from '@cloudscape-design/components/radio-group';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState, type ReactNode } from 'react';
import { keyPolicy } from '../../../kms/key-policy';
import { ACCOUNTS, accountOf, grouped, rootOf } from '../../../kms/places-config';
import { Refused } from '../../../parts/refused';
import { useAct } from '../../../shell/notifications';
import { teaching } from '../../../words-of-teaching';
import { WorldProvider, useClient, usePlace } from '../../../world/context';
import { SYMMETRIC, useKeyChoice } from '../key-choice';

const { destination } = teaching.reEncrypt;

type Kind = 'here' | 'named';

/** `keyId` is empty where there is none. */
export function useDestination(): { keyId: string; field: ReactNode } {
  const [kind, setKind] = useState<Kind>('here');
  const [arn, setArn] = useState('');
  const { metadata, field } = useKeyChoice(SYMMETRIC);
  const choice = (
    <SpaceBetween size="s">
      <FormField label={destination.title} stretch>
        <RadioGroup
          value={kind}
          items={(['here', 'named'] as const).map((value) => ({ value, label: destination.kinds[value] }))}
          onChange={({ detail }) => setKind(detail.value as Kind)}
        />
      </FormField>
      {kind === 'here' ? field : <Named arn={arn} onChange={setArn} />}
    </SpaceBetween>
  );
  return { keyId: kind === 'here' ? (metadata?.KeyId ?? '') : arn.trim(), field: choice };
}

interface NamedProps {
  arn: string;
  onChange(arn: string): void;
}

function Named({ arn, onChange }: NamedProps) {
  const client = useClient();
  const { region, caller } = usePlace();
  const account = ACCOUNTS.map(({ id }) => id).find((id) => id !== accountOf(caller)) ?? '';
  return (
    <SpaceBetween size="xs">
      <FormField label={destination.arn} description={destination.arnText} stretch>
        <Input value={arn} spellcheck={false} onChange={({ detail }) => onChange(detail.value)} />
      </FormField>
      <WorldProvider client={client} place={{ region, caller: rootOf(account, region) }}>
        <CreateThere account={account} user={accountOf(caller)} onCreated={onChange} />
      </WorldProvider>
    </SpaceBetween>
  );
}

/** The other account's own root user creates a key whose policy lets this account use it. */
function CreateThere({ account, user, onCreated }: { account: string; user: string; onCreated(arn: string): void }) {
  const { act, busy, refused } = useAct();
  const { region } = usePlace();
  const create = async () => {
    const Policy = keyPolicy({
      account,
      region,
      spec: 'SYMMETRIC_DEFAULT',
      usage: 'ENCRYPT_DECRYPT',
      origin: 'AWS_KMS',
      multiRegion: false,
      administrators: [],
      administratorsMayDelete: true,
      users: [],
      accounts: [user],
    });
    const made = await act((call) => call('CreateKey', { Policy }), ({ KeyMetadata }) => destination.made(KeyMetadata.Arn));
    if (made) onCreated(made.KeyMetadata.Arn);
  };
  return (
    <>
      <Button formAction="none" loading={busy} onClick={() => void create()}>
        {destination.create(grouped(account))}
      </Button>
      <Refused refusal={refused} />
    </>
  );
}

// A data key pair: KMS makes it and keeps none of it; the page signs with the private key and verifies with the public one.
import SpaceBetween from '@cloudscape-design/components/space-between';
import Checkbox from '@cloudscape-design/components/checkbox';
import FormField from '@cloudscape-design/components/form-field';
import Select from '@cloudscape-design/components/select';
import { useState } from 'react';
import { toPem } from '../../../kms/bytes';
import { ActionForm } from '../../../parts/action-form';
import { Bytes, Output as Shown } from '../../../parts/bytes';
import { ContextEditor } from '../../../parts/context-editor';
import { useDryRun } from '../../../parts/dry-run';
import { Halves } from '../../../parts/halves';
import { valuesOf, type Pair } from '../../../parts/pairs';
import { useAct } from '../../../shell/notifications';
import { teaching } from '../../../words-of-teaching';
import { usePlace } from '../../../world/context';
import { ContextField } from '../../key/context-field';
import { SYMMETRIC, useKeyChoice } from '../key-choice';
import { Topic } from '../topic';
import { pairSpecs, type PairSpec } from './pair-specs-config';
import { SignInPage } from './sign-in-page';
import { Unwrap, type Wrapped } from './unwrap';

const { pairs } = teaching;

interface Made extends Wrapped {
  spec: PairSpec;
  publicKey: Uint8Array;
  /** `undefined` where only the wrapped one was asked for. */
  privateKey: Uint8Array | undefined;
}

export default function DataKeyPairs() {
  const [made, setMade] = useState<Made>();
  const [unwrapped, setUnwrapped] = useState<{ of: Made; privateKey: Uint8Array }>();
  const privateKey = unwrapped?.of === made ? unwrapped?.privateKey : undefined;
  return (
    <Topic said={pairs}>
      <Halves>
        <Generate onMade={setMade} />
        <SpaceBetween size="l">
          <Unwrap said={pairs.unwrap} wrapped={made} onUnwrapped={(privateKey) => made && setUnwrapped({ of: made, privateKey })} />
          <SignInPage spec={made?.spec} publicKey={made?.publicKey} privateKey={privateKey ?? made?.privateKey} />
        </SpaceBetween>
      </Halves>
    </Topic>
  );
}

function Generate({ onMade }: { onMade(made: Made | undefined): void }) {
  const { region } = usePlace();
  const { act, busy, refused, told } = useAct();
  const dry = useDryRun();
  const { metadata, field } = useKeyChoice(SYMMETRIC);
  const specs = pairSpecs(region);
  const [spec, setSpec] = useState<PairSpec>('ECC_NIST_P256');
  const [plain, setPlain] = useState(true);
  const [context, setContext] = useState<Pair[]>([]);
  const [made, setMade] = useState<Made>();

  const settle = (made: Made | undefined) => {
    setMade(made);
    onMade(made);
  };
  const generate = async () => {
    if (!metadata) return;
    settle(undefined);
    const EncryptionContext = valuesOf(context);
    const input = { KeyId: metadata.KeyId, KeyPairSpec: spec, EncryptionContext, ...dry.input };
    const reply = await act(async (call) => {
      if (plain) return call('GenerateDataKeyPair', input);
      return { ...(await call('GenerateDataKeyPairWithoutPlaintext', input)), PrivateKeyPlaintext: undefined };
    });
    if (!reply) return;
    const { KeyId, PrivateKeyCiphertextBlob, PublicKey, PrivateKeyPlaintext } = reply;
    settle({ keyId: KeyId, blob: PrivateKeyCiphertextBlob, context: EncryptionContext, spec, publicKey: PublicKey, privateKey: PrivateKeyPlaintext });
  };

  return (
    <ActionForm
      title={pairs.generate.title}
      action={pairs.generate.action}
      busy={busy}
      disabled={!metadata}
      refused={refused}
      told={told}
      onSubmit={() => void generate()}
      result={made && <Result {...made} />}
    >
      {field}
      <FormField label={pairs.spec}>
        <Select
          selectedOption={{ value: spec, label: spec }}
          options={specs.map((value) => ({ value, label: value }))}
          onChange={({ detail }) => setSpec(specs.find((value) => value === detail.selectedOption.value) ?? spec)}
        />
      </FormField>
      <Checkbox checked={plain} description={pairs.plainText} onChange={({ detail }) => setPlain(detail.checked)}>
        {pairs.plain}
      </Checkbox>
      <ContextField>
        <ContextEditor pairs={context} onChange={setContext} />
      </ContextField>
      {dry.box}
    </ActionForm>
  );
}

function Result({ publicKey, privateKey, blob }: Made) {
  return (
    <SpaceBetween size="s">
      <Shown label={pairs.publicKey} name={pairs.publicKey} text={toPem('PUBLIC KEY', publicKey)} />
      {privateKey && <Bytes label={pairs.privateKey} bytes={privateKey} />}
      <Bytes label={pairs.wrappedKey} bytes={blob} />
    </SpaceBetween>
  );
}

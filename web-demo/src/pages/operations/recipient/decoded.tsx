// The fields of an attestation document.
import Box from '@cloudscape-design/components/box';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { hex } from '@scure/base';
import { toText } from '../../../kms/bytes';
import { dateTime } from '../../../parts/instants';
import { TitledTable } from '../../../parts/titled-table';
import { words } from '../../../words';
import { recipientWords } from '../../../words-of-recipient';
import type { AttestationDocument } from './document';

const { attest } = recipientWords;
const { fields, columns } = attest;

export function Decoded({ document }: { document: AttestationDocument }) {
  const said = (value: number) => words.bytes.count(value);
  const set = [...document.registers].filter(([, value]) => value.some((byte) => byte !== 0));
  return (
    <SpaceBetween size="s">
      <div role="group" aria-label={attest.decoded}>
        <KeyValuePairs
          columns={2}
          minColumnWidth={150}
          items={[
            { label: fields.moduleId, value: <span className="wrap">{document.moduleId}</span> },
            { label: fields.timestamp, value: dateTime(document.timestamp) },
            { label: fields.algorithm, value: attest.algorithms[document.algorithm] ?? String(document.algorithm) },
            { label: fields.digest, value: document.digest },
            { label: fields.publicKey, value: said(document.publicKey?.length ?? 0) },
            { label: fields.certificate, value: said(document.certificate.length) },
            { label: fields.chain, value: attest.certificates(document.chain.length) },
            { label: fields.nonce, value: <Data bytes={document.nonce} /> },
            { label: fields.userData, value: <Data bytes={document.userData} /> },
            { label: fields.signature, value: said(document.signature.length) },
          ]}
        />
      </div>
      <TitledTable
        title={attest.registers}
        variant="embedded"
        items={set}
        empty={<Box>{attest.zeros}</Box>}
        columnDefinitions={[
          { id: 'register', header: columns.register, cell: ([number]) => `PCR${number}`, isRowHeader: true },
          { id: 'value', header: columns.value, cell: ([, value]) => <span className="wrap">{hex.encode(value)}</span> },
        ]}
      />
    </SpaceBetween>
  );
}

function Data({ bytes }: { bytes: Uint8Array | null }) {
  return <span className="wrap">{bytes ? (toText(bytes) ?? hex.encode(bytes)) : words.none}</span>;
}

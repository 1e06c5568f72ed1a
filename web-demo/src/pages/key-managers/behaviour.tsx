// How the proxy is as a whole: blocked or not, how fast, and how it speaks TLS.
import FormField from '@cloudscape-design/components/form-field';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Toggle from '@cloudscape-design/components/toggle';
import type { Certificate, StoresEntries } from '../../kms/stores-setup';
import { Section } from '../../parts/section';
import { useMenuOwner } from '../../shell/owner';
import { words } from '../../words';
import type { PartProps } from './panel';

const { behaviour: text } = words.managers;

type Entry = NonNullable<NonNullable<StoresEntries['proxies']>[string]>;

/** In milliseconds; KMS waits for 250. */
const LATENCIES: readonly number[] = [0, 35, 200, 300, 1000];

type Tls = keyof typeof text.certificates;

const CERTIFICATES: Record<Tls, Certificate | null> = {
  good: null,
  expired: { notAfter: '2020-01-01T00:00:00Z' },
  otherName: { subject: 'other.example.org' },
  untrusted: { trusted: false },
  incomplete: { complete: false },
  oldTls: { protocols: ['TLSv1.1'] },
  mutual: { clientCertificate: true },
};

function tlsOf(certificate: Certificate | undefined): Tls {
  const has = (name: Tls) => Object.entries(CERTIFICATES[name] ?? {}).every(([member, value]) => JSON.stringify(certificate?.[member as keyof Certificate]) === JSON.stringify(value));
  return (Object.keys(CERTIFICATES) as Tls[]).find((name) => name !== 'good' && certificate && has(name)) ?? 'good';
}

export function Behaviour({ name, proxy: { blocked = false, latency = 0, certificate }, onDone }: PartProps) {
  const { register } = useMenuOwner();
  const set = async (entry: Omit<Entry, 'certificate'> & { certificate?: Certificate | null }) => {
    if (await register({ proxies: { [name]: entry as Entry } }, text.done)) onDone();
  };
  const latencies = [...new Set([...LATENCIES, latency])].map((millis) => ({ value: String(millis), label: text.millis(millis) }));
  const tls = (Object.keys(CERTIFICATES) as Tls[]).map((value) => ({ value, label: text.certificates[value] }));
  return (
    <Section title={text.title}>
      <SpaceBetween size="m">
        <Toggle checked={blocked} onChange={({ detail }) => void set({ blocked: detail.checked })}>
          {text.blocked}
        </Toggle>
        <FormField label={text.latency} description={text.latencyText}>
          <Select
            selectedOption={latencies.find(({ value }) => value === String(latency)) ?? null}
            options={latencies}
            onChange={({ detail }) => void set({ latency: Number(detail.selectedOption.value) })}
          />
        </FormField>
        <FormField label={text.certificate}>
          <Select
            selectedOption={tls.find(({ value }) => value === tlsOf(certificate)) ?? null}
            options={tls}
            onChange={({ detail }) => void set({ certificate: CERTIFICATES[detail.selectedOption.value as Tls] })}
          />
        </FormField>
      </SpaceBetween>
    </Section>
  );
}

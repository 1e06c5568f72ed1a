// The instances of the key manager, as the proxy's health tells of them.
import FormField from '@cloudscape-design/components/form-field';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { Health, Manager } from '../../kms/stores-setup';
import { Section } from '../../parts/section';
import { useMenuOwner } from '../../shell/owner';
import { words } from '../../words';
import type { PartProps } from './panel';

const { instances: text } = words.managers;

const HEALTHS: readonly Health[] = ['ACTIVE', 'DEGRADED', 'UNAVAILABLE'];

export function Managers({ name, proxy: { managers }, onDone }: PartProps) {
  const { register } = useMenuOwner();
  const set = async (changed: Manager, healthStatus: Health) => {
    const next = managers.map((manager) => (manager === changed ? { ...manager, healthStatus } : manager));
    if (await register({ proxies: { [name]: { managers: next } } }, text.done(changed.id, text.healths[healthStatus]))) onDone();
  };
  return (
    <Section title={text.title} description={text.text}>
      <SpaceBetween size="m">
        {managers.map((manager) => (
          <FormField key={manager.id} label={manager.id} description={manager.model}>
            <SegmentedControl
              label={text.healthOf(manager.id)}
              selectedId={manager.healthStatus}
              options={HEALTHS.map((id) => ({ id, text: text.healths[id] }))}
              onChange={({ detail }) => void set(manager, detail.selectedId as Health)}
            />
          </FormField>
        ))}
      </SpaceBetween>
    </Section>
  );
}

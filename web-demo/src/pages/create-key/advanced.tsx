// Advanced options of a new key: where its material comes from, its Regions, and its rotation.
import FormField from '@cloudscape-design/components/form-field';
import Multiselect from '@cloudscape-design/components/multiselect';
import RadioGroup from '@cloudscape-design/components/radio-group';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Toggle from '@cloudscape-design/components/toggle';
import { neighboursOf } from '../../kms/places-config';
import { Info } from '../../parts/info';
import { PeriodField } from '../../parts/period-field';
import { regionOption } from '../../parts/region-select';
import { Section } from '../../parts/section';
import { words } from '../../words';
import { isOffered, mayReplicate, mayRotate, originOf, storeTypeOf, type Origin, type StepProps } from './draft';
import { InStore } from './store';
import { Understood } from './understood';

const { advanced } = words.create;

const ORIGINS: readonly Origin[] = ['AWS_KMS', 'EXTERNAL', 'AWS_CLOUDHSM', 'EXTERNAL_KEY_STORE'];

export function Advanced({ draft, place: { region }, originError, onChange }: StepProps & { originError: string | undefined }) {
  const storeType = storeTypeOf(originOf(draft));
  return (
    <Section title={advanced.title} description={advanced.text}>
      <SpaceBetween size="l">
        <FormField label={advanced.origin} info={<Info topic="create.origin" />} stretch>
          <RadioGroup
            value={originOf(draft)}
            items={ORIGINS.map((value) => ({ value, ...advanced.origins[value], disabled: !isOffered(value, draft.spec) }))}
            onChange={({ detail }) => onChange({ origin: detail.value as Origin, store: '', understood: false, policy: null })}
          />
        </FormField>
        {originOf(draft) === 'EXTERNAL' && <Understood text={words.create.importing.understand} draft={draft} error={originError} onChange={onChange} />}
        {storeType && <InStore type={storeType} draft={draft} error={originError} onChange={onChange} />}
        {!storeType && (
          <FormField label={advanced.regionality} info={<Info topic="create.regionality" />} stretch>
            <RadioGroup
              value={draft.multiRegion ? 'multi' : 'single'}
              items={(['single', 'multi'] as const).map((kind) => ({ value: kind, ...advanced.regions[kind] }))}
              onChange={({ detail }) => onChange({ multiRegion: detail.value === 'multi', policy: null })}
            />
          </FormField>
        )}
        {mayReplicate(draft) && <Replicas region={region} chosen={draft.replicas} onChange={(replicas) => onChange({ replicas })} />}
        {mayRotate(draft) && (
          <FormField label={advanced.rotation} info={<Info topic="rotation" />}>
            <Toggle checked={draft.rotates} onChange={({ detail }) => onChange({ rotates: detail.checked })}>
              {words.rotation.automatic.toggle}
            </Toggle>
          </FormField>
        )}
        {mayRotate(draft) && draft.rotates && <PeriodField days={draft.period} onChange={(period) => onChange({ period })} />}
      </SpaceBetween>
    </Section>
  );
}

function Replicas({ region, chosen, onChange }: { region: string; chosen: readonly string[]; onChange: (chosen: string[]) => void }) {
  const options = neighboursOf(region).map(({ id }) => regionOption(id));
  return (
    <FormField label={words.optional(advanced.replicas)} description={advanced.replicasText} stretch>
      <Multiselect
        selectedOptions={options.filter(({ value }) => chosen.includes(value))}
        options={options}
        placeholder={advanced.chooseRegions}
        deselectAriaLabel={({ label }) => `${words.remove} ${label}`}
        onChange={({ detail }) => onChange(detail.selectedOptions.flatMap(({ value }) => (value ? [value] : [])))}
      />
    </FormField>
  );
}

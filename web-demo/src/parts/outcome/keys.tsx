// How the names in a request, or its ciphertext, led to keys.
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { NamedKey, StepOf } from '../../kms/course';
import { words } from '../../words';
import { KeyLink } from './thing';

const { outcome: text } = words;

export function Keys({ step: { names = [], ciphertext, keys = [] } }: { step: StepOf<'keys'> }) {
  return (
    <SpaceBetween size="xs">
      {names.map((name) => (
        <Name key={name.member} name={name} />
      ))}
      {ciphertext && <Ciphertext {...ciphertext} />}
      {keys.length > 0 && (
        <div>
          {text.about}{' '}
          {keys.map(({ key, action }) => (
            <div key={`${key} ${action}`}>
              <KeyLink arn={key} /> ({action})
            </div>
          ))}
        </div>
      )}
      {names.length === 0 && !ciphertext && keys.length === 0 && text.noKeys}
    </SpaceBetween>
  );
}

function Name({ name: { member, name, form, exists, alias, key, hiddenBy, elsewhere = [] } }: { name: NamedKey }) {
  return (
    <SpaceBetween size="xxs">
      <span className="wrap">
        <code>{name}</code>: {text.name(member, form)}
      </span>
      {exists && key !== undefined && alias !== undefined && (
        <span className="wrap">
          {text.throughAlias} <KeyLink arn={key} tab="aliases">{alias}</KeyLink>
        </span>
      )}
      {exists && key !== undefined && (
        <span className="wrap">
          {text.leads} <KeyLink arn={key} />
        </span>
      )}
      {!exists && (hiddenBy === undefined ? text.missing : text.hidden(hiddenBy))}
      {elsewhere.length > 0 && (
        <div>
          {text.elsewhere}{' '}
          {elsewhere.map((arn) => (
            <div key={arn}>
              <KeyLink arn={arn} />
            </div>
          ))}
        </div>
      )}
    </SpaceBetween>
  );
}

function Ciphertext({ materialId, madeBy }: NonNullable<StepOf<'keys'>['ciphertext']>) {
  if (materialId === null) return text.noEnvelope;
  return (
    <span className="wrap">
      {text.names} {materialId}, {madeBy ? <>{text.madeBy} <KeyLink arn={madeBy} /></> : text.madeByNone}
    </span>
  );
}

// Who sees what: the two sides, and what goes from one to the other.
import { teaching } from '../../../words-of-teaching';

const { picture } = teaching.envelope;

const WIDTH = 360;
const LEFT = 86;
const RIGHT = 280;
const STEP = 40;
const TOP = 62;

/** Each goes to KMS, comes from it, or stays in the page. */
const COURSE = ['to', 'from', 'stays', 'to', 'from', 'stays'] as const;

export function Picture() {
  const height = TOP + COURSE.length * STEP + 6;
  return (
    <svg className="envelope" viewBox={`0 0 ${WIDTH} ${height}`} role="img" aria-label={picture.described}>
      <Side at={LEFT} title={picture.page} text={picture.pageText} height={height} />
      <Side at={RIGHT} title={picture.kms} text={picture.kmsText} height={height} />
      {COURSE.map((kind, at) => (
        <Message key={at} kind={kind} at={TOP + at * STEP} lines={picture.steps[at] ?? []} />
      ))}
    </svg>
  );
}

function Side({ at, title, text, height }: { at: number; title: string; text: string; height: number }) {
  return (
    <g>
      <rect x={at - 78} y={2} width={156} height={38} rx={6} className="envelope-box" />
      <text x={at} y={17} className="envelope-strong">
        {title}
      </text>
      <text x={at} y={32}>
        {text}
      </text>
      <line x1={at} y1={40} x2={at} y2={height} className="envelope-life" />
    </g>
  );
}

function Message({ kind, at, lines }: { kind: (typeof COURSE)[number]; at: number; lines: readonly string[] }) {
  const middle = kind === 'stays' ? LEFT : (LEFT + RIGHT) / 2;
  const [from, to] = kind === 'to' ? [LEFT, RIGHT - 6] : [RIGHT, LEFT + 6];
  return (
    <g>
      {kind === 'stays' ? (
        <rect x={LEFT - 80} y={at - 10} width={160} height={32} rx={4} className="envelope-act" />
      ) : (
        <>
          <line x1={from} y1={at + 18} x2={to} y2={at + 18} className="envelope-arrow" />
          <path d={kind === 'to' ? `M${to} ${at + 14} l7 4 l-7 4 z` : `M${to} ${at + 14} l-7 4 l7 4 z`} className="envelope-head" />
        </>
      )}
      {lines.map((line, number) => (
        <text key={line} x={middle} y={at + 3 + number * 12 - (kind === 'stays' ? 0 : 2)}>
          {line}
        </text>
      ))}
    </g>
  );
}

// The words of the IAM policy language itself (IAM user guide, grammar of the policy language).

export const DOCUMENT_MEMBERS: readonly string[] = ['Version', 'Id', 'Statement'];

export const STATEMENT_MEMBERS: readonly string[] = [
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
];

export const PRINCIPAL_MEMBERS: readonly string[] = ['AWS', 'Service', 'Federated', 'CanonicalUser'];

export const EFFECTS: readonly string[] = ['Allow', 'Deny'];

export const VERSIONS: readonly string[] = ['2012-10-17', '2008-10-17'];

const compared = (kind: string, ...ways: string[]) => ways.map((way) => `${kind}${way}`);

const ORDERED = ['Equals', 'NotEquals', 'LessThan', 'LessThanEquals', 'GreaterThan', 'GreaterThanEquals'];

const PLAIN: readonly string[] = [
  ...compared('String', 'Equals', 'NotEquals', 'EqualsIgnoreCase', 'NotEqualsIgnoreCase', 'Like', 'NotLike'),
  ...compared('Numeric', ...ORDERED),
  ...compared('Date', ...ORDERED),
  'Bool',
  'BinaryEquals',
  'IpAddress',
  'NotIpAddress',
  ...compared('Arn', 'Equals', 'NotEquals', 'Like', 'NotLike'),
];

/** Operators of conditions, also for keys that may be absent, and for keys with several values. */
export const OPERATORS: readonly string[] = [
  ...PLAIN,
  'Null',
  ...PLAIN.map((operator) => `${operator}IfExists`),
  ...['ForAllValues', 'ForAnyValue'].flatMap((quantifier) => PLAIN.map((operator) => `${quantifier}:${operator}`)),
];

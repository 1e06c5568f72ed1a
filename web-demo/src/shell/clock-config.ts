// The steps by which the clock is advanced.

export const STEPS: readonly { span: string; label: string }[] = [
  { span: '1d', label: '1 day' },
  { span: '7d', label: '7 days' },
  { span: '30d', label: '30 days' },
  { span: '365d', label: '1 year' },
];

export const UNITS: readonly { value: string; label: string }[] = [
  { value: 'm', label: 'minutes' },
  { value: 'h', label: 'hours' },
  { value: 'd', label: 'days' },
  { value: 'w', label: 'weeks' },
];

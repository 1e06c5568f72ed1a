// The texts of key policies and their editor.

export const policyWords = {
  policy: {
    title: 'Key policy',
    text: 'Every key has exactly one. Nobody may use or manage the key unless this policy allows it, directly or through IAM.',
    label: 'Key policy as JSON',
    saved: 'The key policy is changed.',
    views: {
      text: 'The default view: whom the policy names, as the console writes it.',
      account: 'The account itself has full control of the key, and can give permissions by IAM policies.',
      toPolicy: 'Switch to policy view',
      toDefault: 'Switch to default view',
      deletion: 'Key deletion',
      alreadyNamed: 'The policy names it already.',
      removeFrom: (title: string) => `Remove from: ${title}`,
      selectAll: (title: string) => `Select all: ${title}`,
      columns: { name: 'Name', path: 'Path', type: 'Type', arn: 'ARN' },
      types: { root: 'Account', user: 'User', group: 'Group', role: 'Role', session: 'Session', federated: 'Federated user', other: '-' },
    },
    findings: {
      title: 'Findings',
      at: (line: number, column: number) => `line ${line}, column ${column}`,
      better: 'Better:',
      severities: { error: 'Error', warning: 'Warning', info: 'Suggestion' },
    },
  },

};

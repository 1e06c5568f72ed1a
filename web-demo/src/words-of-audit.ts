// The texts of what is told about calls: as code, as records, as metrics and events.

export const auditWords = {
  code: {
    title: 'As code',
    of: (operation: string) => `As code: ${operation}`,
    lesson: 'Lesson as code',
    download: 'Download',
    downloadOf: (file: string) => `Download ${file}`,
    forms: { cli: 'AWS CLI', boto3: 'Python (boto3)', javascript: 'JavaScript (SDK v3)', cloudformation: 'CloudFormation' },
    texts: {
      cli: 'For bash and the AWS CLI, version 1 or 2.',
      boto3: 'For Python with boto3.',
      javascript: 'For Node.js with the AWS SDK for JavaScript v3.',
      cloudformation: 'The resources as these calls leave them.',
    },
    leftOut: (operations: string) => `A template cannot say these, so they are left out: ${operations}.`,
  },
};

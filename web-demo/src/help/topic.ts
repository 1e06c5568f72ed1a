// A topic of the help panel, and the pages of AWS to which it leads.

export interface Topic {
  title: string;
  /** A paragraph each. */
  text: readonly string[];
  more: readonly Reference[];
}

export interface Reference {
  text: string;
  href: string;
}

const DOCS = 'https://docs.aws.amazon.com';

/** A page of the developer guide, by the name of its file. */
export function guide(page: string, text: string): Reference {
  return { text, href: `${DOCS}/kms/latest/developerguide/${page}.html` };
}

/** The page of an operation. */
export function api(operation: string): Reference {
  return { text: operation, href: `${DOCS}/kms/latest/APIReference/API_${operation}.html` };
}

/** A page of the user guide of IAM. */
export function iam(page: string, text: string): Reference {
  return { text, href: `${DOCS}/IAM/latest/UserGuide/${page}.html` };
}

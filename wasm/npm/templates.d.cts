/** The types of templates of infrastructure. */

/**
 * Texts by the names of their files. In Node also the path of a file (of CloudFormation or SAM, of `terraform show -json`,
 * of `aws iam get-account-authorization-details`), of a folder such as `cdk.out`, or several.
 */
export type Template = Record<string, string> | string | FileUrl | (string | FileUrl)[];

/** The `URL` of a file. */
export interface FileUrl {
  readonly href: string;
}

/** How a template is read. */
export interface TemplateOptions {
  /** Values of its parameters. */
  parameters?: Record<string, unknown> | undefined;
  /** The Region of everything for which no file says another one; `us-east-1` without it. */
  region?: string | undefined;
  /** The name of the stack, from which names follow that CloudFormation would make up. */
  stackName?: string | undefined;
  /** What other stacks export. */
  imports?: Record<string, string> | undefined;
}

/** How a template is read into a world that there is. */
export interface LoadOptions extends TemplateOptions {
  /** The account of everything for which no file says another one; the world's without it. */
  account?: string | undefined;
}

/** What became of a template. */
export interface Loaded {
  /** By logical ids or addresses: the type of the resource, and the ARN of a key or a principal, or the name of an alias. */
  names: Record<string, { kind: string; is: string }>;
  /** What was left out, and why. */
  leftOut: Remark[];
  /** What was taken as given, and why. */
  assumed: Remark[];
}

/** Something in a template that was left out, or taken as given. */
export interface Remark {
  file: string;
  line: number | null;
  column: number | null;
  /** The way through the document, such as `Resources.Key.Properties`. */
  path: string;
  why: string;
}

/** In which code a world is written. */
export type ExportFormat = 'cloudformation' | 'terraform' | 'cli';

/** A world as infrastructure code. */
export interface Exported {
  /** Texts by the names of files. */
  files: Record<string, string>;
  /** What no file says, and why. */
  leftOut: { path: string; why: string }[];
}

/** What a world is to be like, as steps that are data. */
export interface Recipe {
  version: 1;
  steps: object[];
  give?: unknown;
}

/** What a world is made of: the steps of a recipe, and from where they begin. */
export interface WorldRecipe {
  version: 1;
  seed: string | { $base64: string };
  /** Where the clock stands at the beginning, in milliseconds since 1970. */
  now: number;
  account?: string | undefined;
  insecureKeyPool?: boolean | undefined;
  steps: object[];
}

/** What came of a recipe. */
export interface Performed {
  /** The replies that have names. */
  replies: Record<string, any>;
  /** What the recipe gives, with everything in its place. */
  given: any;
}

/** What a policy is. */
export interface LintOptions {
  /** What it is attached to; `key` without it. */
  kind?: 'key' | 'identity' | 'session' | 'serviceControl' | 'resourceControl' | 'endpoint' | 'trust' | undefined;
  /** The account of the key or of the principal; the world's without it. */
  account?: string | undefined;
}

/** Something that a policy does not do as its author may think. */
export interface Finding {
  /** AWS's code, where AWS has one, such as `MISSING_VERSION`. */
  code: string;
  severity: 'ERROR' | 'SECURITY_WARNING' | 'GENERAL_WARNING' | 'SUGGESTION';
  line: number | null;
  column: number | null;
  /** The way through the document, such as `Statement[0].Condition.StringEquals`. */
  path: string;
  sentence: string;
  reason: string;
  /** What to do instead. */
  mend: string;
}

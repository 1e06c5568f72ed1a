/** The types of who there is, who calls, and from where. */

/** Who calls, and in which session; without `arn`, whoever the credentials name. */
export interface Caller {
  /** An account id, the ARN of a principal or the name of a service. */
  arn?: string | undefined;
  /** The session. */
  session?: Session | undefined;
}

/** The session in which somebody calls. Whatever stands in it but tags and context makes its credentials temporary. */
export interface Session {
  /** The session policies: they limit what the caller may do. */
  policies?: PolicyDocument | PolicyDocument[] | undefined;
  /** The ARNs of managed policies that limit it, too. */
  managedPolicies?: string | string[] | undefined;
  /** The tags of the caller, those of its session among them. */
  tags?: Record<string, string> | undefined;
  /** Whether the session began with a second factor. */
  mfa?: boolean | undefined;
  /** How long ago the second factor was given: seconds, or a length such as `5m`. */
  mfaAge?: number | string | undefined;
  /** When the session began; a number counts seconds since 1970. */
  tokenIssued?: Date | number | undefined;
  /** The source identity that the session was given. */
  sourceIdentity?: string | undefined;
  /** The ARN of the user, or of the root user, who opened the session of a federated user. */
  issuer?: string | undefined;
  /** The identity provider that opened the session, such as `cognito-identity.amazonaws.com`. */
  provider?: string | undefined;
  /** Whether the credentials are temporary, where nothing else says so. */
  temporary?: boolean | undefined;
  /** Further facts by the names of condition keys, such as `cognito-identity.amazonaws.com:sub`. */
  context?: Facts | undefined;
}

/** A policy: a structure, or its JSON text. */
export type PolicyDocument = object | string;

/** Values by the names of condition keys. */
export type Facts = Record<string, Fact | Fact[]>;

/** A value of a condition key. */
export type Fact = string | number | boolean | Date;

/** Facts of a call that policies can ask for. `mfa`, `tokenIssued` and `sourceIdentity` say that credentials are temporary. */
export interface Origin {
  /** The access key id that signed the call. */
  accessKeyId?: string | undefined;
  /** Further facts by the names of condition keys, such as `aws:referer`. */
  context?: Facts | undefined;
  /** Whether the credentials are those of the console. */
  fromConsole?: boolean | undefined;
  /** Whether the session began with a second factor. */
  mfa?: boolean | undefined;
  /** The tags of the principal. */
  principalTags?: Record<string, string> | undefined;
  /** Whether the call came over TLS. */
  secureTransport?: boolean | undefined;
  /** On behalf of which account a service calls in its own name. */
  sourceAccount?: string | undefined;
  /** On behalf of which resource a service calls in its own name. */
  sourceArn?: string | undefined;
  /** The source identity that the session was given. */
  sourceIdentity?: string | undefined;
  /** The address of the caller. */
  sourceIp?: string | undefined;
  /** How the call was secured. */
  tls?: { cipherSuite?: string | undefined; host?: string | undefined; keyExchange?: string | undefined; version?: string | undefined } | undefined;
  /** When the session began; a number counts seconds since 1970. */
  tokenIssued?: Date | number | undefined;
  /** How the caller's software names itself. */
  userAgent?: string | undefined;
  /** The services that forward the caller's session, the first one first, such as `s3.amazonaws.com`. */
  via?: string | string[] | undefined;
  /** The VPC endpoint through which the call came. */
  vpcEndpoint?: string | { id: string; owner?: string | undefined; vpc?: string | undefined } | undefined;
}

/**
 * Who there is, as the host of the world says. An account of which nobody was ever registered is trusted: its identity
 * policies allow everything. From its first principal on, its users and roles may do what their policies say.
 *
 * Whoever is registered again takes the place of the former one. Every method registers all of what it is told, or throws an
 * `Error` whose message names the place of what is wrong.
 */
export interface Directory {
  /** Registers a user, and gives the ARN. */
  user(arn: string, user?: User): string;
  /** Registers a role, and gives the ARN. */
  role(arn: string, role?: Role): string;
  /** Registers a group, whose policies speak for the users in it, and gives the ARN. */
  group(arn: string, group?: Group): string;
  /** Registers a managed policy, and gives the ARN. */
  policy(arn: string, document: PolicyDocument): string;
  /** Registers an organization, and gives the id. */
  organization(id: string, organization: Organization): string;
  /**
   * Registers an access key of a user or of a root user, and gives the credentials that a client takes. With a secret, a
   * request that another secret has signed is refused, and one that was signed five minutes before or after the time of
   * the world's clock.
   */
  accessKey(id: string, key: { principal: string; secret?: string }): { accessKeyId: string; secretAccessKey: string };
  /** Registers a VPC endpoint, and gives the id, which `origin: { vpcEndpoint: id }` names. */
  vpcEndpoint(id: string, endpoint?: { policy?: PolicyDocument; vpc?: string; owner?: string }): string;
  /** Removes principals and policies by their ARNs, and what else is registered by its id: all of them, or none. */
  remove(...names: string[]): void;
  /** Registers all of these entries, or none; `null` removes one. */
  register(entries: DirectoryEntries): void;
  /** Everything that is registered, without secrets, in the form that `register`, Python and HTTP read. */
  toJSON(): DirectoryEntries;
}

/** What is registered, by ARN or id. */
export interface DirectoryEntries {
  principals?: Record<string, User | Role | Group | null> | undefined;
  policies?: Record<string, PolicyDocument | null> | undefined;
  organizations?: Record<string, Organization | null> | undefined;
  accessKeys?: Record<string, { principal: string; secret?: string | undefined } | null> | undefined;
  vpcEndpoints?: Record<string, { policy?: PolicyDocument | undefined; vpc?: string | undefined; owner?: string | undefined } | null> | undefined;
}

/** The policies of a group. */
export interface Group {
  /** Inline policies: a list, to which names are given, or documents by their names. */
  policies?: PolicyDocument[] | Record<string, PolicyDocument> | undefined;
  /** The ARNs of managed policies. */
  managedPolicies?: string[] | undefined;
  /** The unique id; one is made up without it. */
  uniqueId?: string | undefined;
}

/** A user. */
export interface User extends Group {
  /** The ARN of the managed policy that is its permissions boundary. */
  permissionsBoundary?: string | undefined;
  /** The names of its groups. */
  groups?: string[] | undefined;
  /** Its tags. */
  tags?: Record<string, string> | undefined;
}

/** A role. */
export interface Role extends Group {
  /** Who may assume it; anybody without one. */
  trustPolicy?: PolicyDocument | undefined;
  /** How many seconds a session of it may last: from 3,600, which is the default, to 43,200. */
  maxSessionDuration?: number | undefined;
  /** The ARN of the managed policy that is its permissions boundary. */
  permissionsBoundary?: string | undefined;
  /** Its tags. */
  tags?: Record<string, string> | undefined;
  /** Whether it is a service's own: no organization limits it. */
  serviceLinked?: boolean | undefined;
}

/** The policies of an account or a unit of an organization; `FullAWSAccess` alone without service control policies. */
export interface OrganizationAccount {
  /** Documents, documents with an `id` or `arn`, or `FullAWSAccess`. */
  serviceControlPolicies?: OrganizationPolicy[] | undefined;
  /** Documents, or documents with an `id` or `arn`. */
  resourceControlPolicies?: OrganizationPolicy[] | undefined;
}

/** A policy of an organization, and its name. */
export type OrganizationPolicy = PolicyDocument | { id?: string; arn?: string; document: PolicyDocument };

/** A unit of an organization. */
export interface OrganizationUnit extends OrganizationAccount {
  /** The units in it, by id. */
  units?: Record<string, OrganizationUnit> | undefined;
  /** The accounts in it. */
  accounts?: Record<string, OrganizationAccount> | string[] | undefined;
}

/** An organization: the policies of its root, and what is in it. */
export interface Organization extends OrganizationUnit {
  /** The account that no policy of the organization limits. */
  managementAccount: string;
  /** The id of its root. */
  root?: string | undefined;
}

/** What ciphertext blobs say about themselves, and why they do not open. */

/** What a symmetric ciphertext blob says about itself. */
export interface Inspection {
  /** The version of the envelope. */
  Format: number;
  /** Who made it. */
  Maker: string;
  /** The key material that encrypted it. */
  KeyMaterialId: string;
  /** The ARNs of the keys of this world that have that material. */
  KeyIds: string[];
  /** The cipher. */
  Algorithm: string;
  /** The length of the blob in bytes. */
  Length: number;
  /** The length of the plaintext in bytes. */
  PlaintextLength: number;
  /** What an outer layer of an external key says: the lengths of what its proxy gave with the ciphertext. */
  External?: { MetadataLength: number; IvLength: number };
  /** Where no key of this world has that material: that it is so. */
  Note?: string;
}

/** Under what a blob is to be opened. */
export interface InspectOptions {
  /** In any of the four forms; without it, the key that made the blob. */
  key?: string | undefined;
  /** Without it, one without pairs. */
  encryptionContext?: Record<string, string> | undefined;
  /** Where an alias or an id is looked up: this world's account without it. */
  account?: string | undefined;
  /** Where Decrypt is called: `us-east-1` without it. */
  region?: string | undefined;
}

/** Whether a blob is opened, and what differs where it is not. What a blob says about itself is there where it has the layout. */
export interface Diagnosis extends Partial<Inspection> {
  Verdict:
    | 'opens'
    | 'another context'
    | 'another key'
    | 'altered or unknown context'
    | 'key deleted'
    | 'material missing'
    | 'another Region'
    | 'external key'
    | 'unknown key'
    | 'cannot be told'
    | 'not a blob';
  /** The same in words. */
  Sentences: string[];
  /** The ARN of the key that made it; of a key that is gone, too. */
  MadeBy?: string;
  /** The state of that key. */
  KeyState?: string;
  /** The encryption context under which it opens, where that is another one. */
  EncryptionContext?: Record<string, string>;
  /** From where that one is known. */
  KnownFrom?: {
    Kind: 'empty' | 'shorter' | 'trimmed' | 'grant' | 'record';
    GrantId?: string;
    EventId?: string;
    EventName?: string;
    EventTime?: Date;
  };
  /** How many others were tried. */
  ContextsTried?: number;
  /** The algorithm with which an asymmetric key opens it. */
  EncryptionAlgorithm?: string;
}

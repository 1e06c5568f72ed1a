// The proxy configuration file that external key managers give out, and the console takes (CKS-178).

export interface ProxyConfiguration {
  path: string;
  accessKeyId: string;
  secret: string;
}

/** What is in the file; `undefined` where it is not such a file. */
export function readConfiguration(text: string): ProxyConfiguration | undefined {
  try {
    const { XksProxyUriPath: path, XksProxyAuthenticationCredential: credential } = JSON.parse(text) as File;
    const { AccessKeyId: accessKeyId, RawSecretAccessKey: secret } = credential ?? {};
    const texts = [path, accessKeyId, secret];
    return texts.every((text) => typeof text === 'string') ? ({ path, accessKeyId, secret } as ProxyConfiguration) : undefined;
  } catch {
    return undefined;
  }
}

interface File {
  XksProxyUriPath?: unknown;
  XksProxyAuthenticationCredential?: { AccessKeyId?: unknown; RawSecretAccessKey?: unknown };
}

// The texts that forms of many pages share with the pages of the operations.

export const operationWords = {
  operations: {
    title: 'Operations',
    /** Pages that teach what a tab of a key is about. */
    further: 'Learn more in this playground',
    lessons: {
      GenerateDataKey: 'Data keys and envelope encryption',
      ReEncrypt: 'ReEncrypt',
      Recipient: 'An enclave that KMS answers alone',
      DeriveSharedSecret: 'Key agreement',
      Encapsulate: 'Encapsulation',
      ImportKeyMaterial: 'Import key material',
    },
  },
  dryRun: {
    label: 'Dry run',
    text: 'KMS checks whether the call would succeed, and does nothing.',
    without: 'Leave the ciphertext aside',
    withoutText: 'Checks what is allowed for the key alone.',
    success: 'So a dry run says that all is well: nothing was done.',
  },
};

// The texts that forms of many pages share with the pages of the operations.

export const operationWords = {
  operations: { title: 'Operations' },
  dryRun: {
    label: 'Dry run',
    text: 'KMS checks whether the call would succeed, and does nothing.',
    without: 'Leave the ciphertext aside',
    withoutText: 'Checks what is allowed for the key alone.',
    success: 'So a dry run says that all is well: nothing was done.',
  },
};

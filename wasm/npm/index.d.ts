/** The types of pocket-kms for ES modules. */

export * from './index.cjs';

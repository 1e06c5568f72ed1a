/** The types of `pocket-kms/inline`, for resolvers that do not read `exports`. */

export * from './index.cjs';
